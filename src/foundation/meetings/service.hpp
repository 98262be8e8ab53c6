// The use cases of meetings: may the actor? load, apply the rules, save, record the event; one transaction each.
#pragma once

#include "foundation/meetings/store.hpp"

namespace mandate::meetings {

inline constexpr const char* decision_kind = "meeting_decision";  // of source, in the ledger

struct SeriesText {
  SeriesKind kind = SeriesKind::agency;
  std::string name;
  std::int64_t agency_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
  Frequency frequency = Frequency::month;
  int day = 0;
  int months_after = 0;
  std::string begins_at;
  std::string place;
  std::int64_t chair_post_id = 0;
  std::vector<std::int64_t> attendants;
  int stage = 1;
  std::vector<std::int64_t> gates;
  std::vector<std::string> sources;
  std::vector<std::int64_t> covers;
  bool ended = false;
};

struct MeetingPlan {
  SeriesId series_id;
  Date period_on;                  // a day of the period it is about
  std::optional<Date> planned_on;  // none: by the series' rule
};

struct MeetingText {
  Date planned_on;
  std::string begins_at;
  std::string place;
};

struct NewEntry {
  std::string title;
  std::string reason;
  std::int64_t agency_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
};

struct NewDecision {
  std::string text;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  std::int64_t entry_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
};

struct Seat {
  std::int64_t post_id = 0;
  std::int64_t agency_id = 0;
  std::string who;
  Presence presence = Presence::present;
  std::string deputy;
};

// How a required first-stage meeting stands.
struct Gate {
  SeriesRecord series;
  std::optional<MeetingRecord> meeting;  // about the required period
  std::optional<Instant> approved_at;
  std::optional<WaiverRecord> waiver;
  bool open() const { return approved_at || waiver; }
};

// A decision with what became of its duty.
struct FollowedDecision {
  DecisionRecord decision;
  std::optional<duties::DutyRow> duty;
};

// A meeting as one reader finds it.
struct Seen {
  MeetingRecord meeting;
  bool whole = false;  // the meeting is the reader's own; else what concerns them
  identity::Scope scope;

  // Of the meeting itself, or of a part of it that concerns an agency.
  bool shows(std::int64_t agency_id, Confidentiality confidentiality) const;
};

struct Meetings::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  audit::Audit& audit;
  calendar::Calendar& calendar;
  duties::Duties& duties;
  Directory directory;
  std::vector<AgendaSource> sources = {};
  MeetingStore store = {};

  identity::Scope scope(const Actor& actor, std::string_view permission) const { return identity.scope(actor, permission, "meeting"); }
  bool reaches(const Actor& actor, std::string_view permission, const identity::RecordFacts& facts) const { return identity::reaches(scope(actor, permission), facts); }
  const AgendaSource* source(const std::string& key) const;
  static void note(db::Session& s, const Actor& actor, const char* kind, const char* record_kind, std::int64_t id, boost::json::object data);

  // The meeting when the actor may do this to it; not_found when they may not even know of it.
  Result<Seen> reach(db::Session& s, const Actor& actor, MeetingId id, std::string_view permission, MeetingStore::Known known_at = {});
  // As reach, with the state and the revision that the step needs.
  Result<Seen> step(db::Session& s, const Actor& actor, MeetingId id, std::string_view permission, Step step, std::optional<std::int64_t> revision = {});

  Result<SeriesId> create_series(const Actor& actor, const SeriesText& text);
  Result<> change_series(const Actor& actor, SeriesId id, const SeriesText& text, std::int64_t revision);
  Result<SeriesRecord> series_of(db::Session& s, const Actor& actor, SeriesId id);

  Result<MeetingId> plan(const Actor& actor, const MeetingPlan& plan);
  Result<> edit(const Actor& actor, MeetingId id, const MeetingText& text, std::int64_t revision);
  Result<> cancel(const Actor& actor, MeetingId id, const std::string& reason, std::int64_t revision);
  Result<> hold(const Actor& actor, MeetingId id, Date held_on, std::int64_t revision);
  Result<> set_attendance(const Actor& actor, MeetingId id, const std::vector<Seat>& seats, std::int64_t revision);
  // `after`: the newest version that the writer has read; 0 for none.
  Result<> write_minutes(const Actor& actor, MeetingId id, const std::string& text, std::int64_t after);
  Result<> approve_minutes(const Actor& actor, MeetingId id, std::int64_t version);

  // Runs the rules of the series; opens the agenda when it is not open yet. Manages its own transactions: what rules read is read outside of the write.
  Result<> run_rules(const Actor& actor, MeetingId id);
  Result<EntryId> add_entry(const Actor& actor, MeetingId id, const NewEntry& entry);
  Result<> strike_entry(const Actor& actor, MeetingId id, EntryId entry, const std::string& reason);
  Result<> waive(const Actor& actor, MeetingId id, SeriesId series, const std::string& reason);
  // Freezes the agenda as it is at the end of a day (today: now) into packs. Manages its own transactions, as run_rules; all that is written is one.
  Result<> freeze(const Actor& actor, MeetingId id, std::optional<Date> cutoff_on, std::int64_t revision);

  Result<DecisionId> decide(const Actor& actor, MeetingId id, const NewDecision& decision);
  Result<> close_decision(const Actor& actor, DecisionId id, const std::string& reason, std::int64_t revision);
  Result<> withdraw_decision(const Actor& actor, DecisionId id, const std::string& reason, std::int64_t revision);

  std::vector<Gate> gates_of(db::Session& s, const MeetingRecord& meeting, MeetingStore::Known known_at = {});
  // Decisions of the series that are not closed, as known then.
  std::vector<FollowedDecision> followed(db::Session& s, const MeetingRecord& meeting, Date as_of, MeetingStore::Known known_at = {});
  std::vector<FollowedDecision> with_duties(db::Session& s, std::vector<DecisionRecord> decisions, Date as_of, MeetingStore::Known known_at = {});

  // ---- of one run of the rules
  struct Collected {
    const AgendaSource* source = nullptr;
    SourceSection section;
  };
  std::vector<Collected> collect(const SeriesRecord& series, const MeetingRecord& meeting, Date as_of, Instant known_at);
  void put_runs(db::Session& s, const Actor& actor, const MeetingRecord& meeting, std::vector<Collected>& collected, Date as_of, Instant known_at);
  std::vector<Pack> packs_of(db::Session& s, const Actor& actor, const MeetingRecord& meeting, const SeriesRecord& series, Date as_of, Instant known_at);
};

Result<> check_text(const char* field, const std::string& text, std::size_t max_bytes);

}  // namespace mandate::meetings
