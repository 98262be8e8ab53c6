#include "foundation/tracking/routes.hpp"

namespace mandate::tracking {

struct FilingById {
  ItemId id;
  Date period;
};
BOOST_DESCRIBE_STRUCT(FilingById, (), (id, period))
struct WriteFiling {
  ItemId id;
  Date period;
  std::vector<FiledActual> actuals;
  std::vector<FiledCheckpoint> checkpoints;
  std::optional<std::string> narrative;
  std::optional<LagInput> lag;
  std::optional<Rating> own_rating;
  std::optional<bool> confirm_jump;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(WriteFiling, (), (id, period, actuals, checkpoints, narrative, lag, own_rating, confirm_jump, revision))
struct DecideFiling {
  ItemId id;
  Date period;
  bool accept = false;
  std::optional<std::string> note;
  std::optional<Rating> rating;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(DecideFiling, (), (id, period, accept, note, rating, revision))
struct WaiveLateness {
  ItemId id;
  Date period;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WaiveLateness, (), (id, period, reason))

struct OwedById {
  OwedId id;
};
BOOST_DESCRIBE_STRUCT(OwedById, (), (id))
struct OwedPlace {
  ItemId item_id;
  Date period;
};
BOOST_DESCRIBE_STRUCT(OwedPlace, (), (item_id, period))

void add_filing_routes(http::Router& router, Tracking::Parts& p) {
  const auto input = [](const WriteFiling& in) { return FilingInput{in.actuals, in.checkpoints, in.narrative.value_or(""), in.lag, in.own_rating, in.confirm_jump.value_or(false)}; };
  router.get<FilingById, FilingForm>("/api/tracking-items/{id}/filings/{period}", {.permission = "tracking.read", .summary = "One period of an item to be filed: the one before beside it, and what stands against submitting", .tag = "tracking"},
                                     [&p](const Actor& actor, const FilingById& in) { return p.form(actor, in.id, in.period); });
  router.get<OwedById, OwedPlace>("/api/tracking-owed/{id}", {.permission = "tracking.read", .summary = "Which filing a duty is about, by the id of its source", .tag = "tracking"}, [&p](const Actor& actor, const OwedById& in) -> Result<OwedPlace> {
    return p.database.read([&](db::Session& s) -> Result<OwedPlace> {
      const auto owed = p.store.find_owed(s, in.id);
      if (!owed) return fault(FaultKind::not_found, "tracking.not_owed");
      MANDATE_TRY(p.reach(s, actor, owed->item_id, "tracking.read"));
      return OwedPlace{owed->item_id, owed->period_on};
    });
  });
  router.put<WriteFiling, FilingForm>("/api/tracking-items/{id}/filings/{period}", {.permission = "tracking.file", .summary = "Keep a filing as a draft; of what was submitted this takes the submission back", .tag = "tracking"},
                                      [&p, input](const Actor& actor, const WriteFiling& in) { return p.save(actor, in.id, in.period, input(in), in.revision, false); });
  router.post<WriteFiling, FilingForm>("/api/tracking-items/{id}/filings/{period}/submission", {.permission = "tracking.file", .summary = "Submit a filing; everything against it is named at its field", .tag = "tracking"},
                                       [&p, input](const Actor& actor, const WriteFiling& in) { return p.save(actor, in.id, in.period, input(in), in.revision, true); });
  router.post<FilingById, FilingForm>("/api/tracking-items/{id}/filings/{period}/request", {.permission = "tracking.control", .summary = "Ask for the filing of a period that nobody was asked for", .tag = "tracking"}, [&p](const Actor& actor, const FilingById& in) { return p.owe_period(actor, in.id, in.period); });
  router.post<DecideFiling, FilingForm>("/api/tracking-items/{id}/filings/{period}/decision", {.permission = "tracking.review", .summary = "Accept a filing at one's level of review, or return it", .tag = "tracking"},
                                        [&p](const Actor& actor, const DecideFiling& in) { return p.decide(actor, in.id, in.period, in.accept, in.note.value_or(""), in.rating, in.revision); });
  router.post<WaiveLateness, FilingForm>("/api/tracking-items/{id}/filings/{period}/lateness-waiver", {.permission = "tracking.control", .summary = "Disregard the lateness of a filing, with the reason", .tag = "tracking"},
                                         [&p](const Actor& actor, const WaiveLateness& in) { return p.waive_lateness(actor, in.id, in.period, in.reason); });
}

}  // namespace mandate::tracking
