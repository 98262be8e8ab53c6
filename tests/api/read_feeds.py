# Reads a feed with readers from Debian that know nothing of each other and prints what each understood, as JSON. A complaint of any of them ends it.
#   python3 read_feeds.py calendar|atom < FEED
import json, sys, warnings

warnings.simplefilter("error")
data = sys.stdin.buffer.read()
out = {}
if sys.argv[1] == "calendar":
    import icalendar

    calendar = icalendar.Calendar.from_ical(data)
    assert calendar.errors == [] and all(part.errors == [] for part in calendar.walk()), "icalendar complains"
    out["icalendar"] = {
        "name": str(calendar["X-WR-CALNAME"]),
        "entries": [
            {
                "uid": str(e["UID"]), "on": e["DTSTART"].dt.isoformat(), "until": e["DTEND"].dt.isoformat(), "title": str(e["SUMMARY"]), "text": str(e.get("DESCRIPTION", "")),
                "status": str(e["STATUS"]), "sequence": int(e["SEQUENCE"]), "class": str(e["CLASS"]), "alarms": [a["TRIGGER"].dt.total_seconds() for a in e.walk("VALARM")],
            }
            for e in calendar.walk("VEVENT")
        ],
    }
    import vobject

    calendar = vobject.readOne(data.decode("utf-8"))
    calendar.validate(raiseException=True)
    out["vobject"] = {
        "name": calendar.x_wr_calname.value,
        "entries": [
            {
                "uid": e.uid.value, "on": e.dtstart.value.isoformat(), "until": e.dtend.value.isoformat(), "title": e.summary.value, "text": e.description.value if hasattr(e, "description") else "",
                "status": e.status.value, "sequence": int(e.sequence.value), "class": e.contents["class"][0].value, "alarms": [a.trigger.value.total_seconds() for a in getattr(e, "valarm_list", [])],
            }
            for e in getattr(calendar, "vevent_list", [])
        ],
    }
else:
    warnings.simplefilter("ignore")  # feedparser warns of itself, not of the feed
    import feedparser

    feed = feedparser.parse(data)
    assert not feed.bozo, f"feedparser complains: {feed.get('bozo_exception')}"
    assert feed.version == "atom10", feed.version
    out = {"title": feed.feed.title, "id": feed.feed.id, "updated": feed.feed.updated, "entries": [{"id": e.id, "title": e.title, "text": e.summary, "updated": e.updated, "link": e.link} for e in feed.entries]}
print(json.dumps(out))
