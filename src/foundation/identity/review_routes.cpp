// Going through accounts: rounds, what was found, decisions, and the record as a file.
#include "foundation/identity/review.hpp"
#include "foundation/identity/views.hpp"
#include "platform/csv/csv.hpp"

namespace mandate::identity {
namespace {

struct FoundView {
  Finding finding = Finding::idle;
  std::string text;  // in the reader's language
};
BOOST_DESCRIBE_STRUCT(FoundView, (), (finding, text))

struct ReviewRow {
  ReviewId id;
  Instant started_at;
  std::string started_by_name;
  std::optional<Instant> closed_at;
  std::optional<std::string> closed_by_name;
  std::string note;
  std::int64_t items = 0;
  std::int64_t undecided = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewRow, (), (id, started_at, started_by_name, closed_at, closed_by_name, note, items, undecided))

struct ReviewList {
  std::vector<ReviewRow> rows;
  std::optional<std::string> next;
  std::int64_t found_now = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewList, (), (rows, next, found_now))

struct ReviewItemRow {
  AccountId account_id;
  std::string login_name;
  std::string display_name;
  std::string state;
  std::vector<GrantView> grants;
  std::string posts;  // of the person whose account it is, held today
  std::optional<Instant> last_sign_in_at;
  std::vector<FoundView> reasons;
  std::optional<std::string> decision;
  std::string role_taken;
  std::optional<Date> keep_until;
  std::string note;
  std::optional<Instant> decided_at;
  std::optional<std::string> decided_by_name;
};
BOOST_DESCRIBE_STRUCT(ReviewItemRow, (), (account_id, login_name, display_name, state, grants, posts, last_sign_in_at, reasons, decision, role_taken, keep_until, note, decided_at, decided_by_name))

struct ReviewItems {
  ReviewRow review;
  std::vector<ReviewItemRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ReviewItems, (), (review, rows, next))

struct ReviewQuery {
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ReviewQuery, (), (cursor, limit))

struct ItemQuery {
  ReviewId id;
  std::optional<bool> decided;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ItemQuery, (), (id, decided, cursor, limit))

struct ReviewById {
  ReviewId id;
};
BOOST_DESCRIBE_STRUCT(ReviewById, (), (id))

struct RoleOfAccount {
  std::string role;
  std::optional<http::Number63> agency_id;
  std::optional<http::Number63> unit_id;
};
BOOST_DESCRIBE_STRUCT(RoleOfAccount, (), (role, agency_id, unit_id))

struct DecideInput {
  ReviewId id;
  AccountId account_id;
  Decision decision = Decision::keep;
  std::optional<RoleOfAccount> role;
  std::optional<Date> keep_until;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(DecideInput, (), (id, account_id, decision, role, keep_until, note))

struct CloseInput {
  ReviewId id;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(CloseInput, (), (id, note))

std::string role_words(const std::string& roles, Language language) {
  std::string out;
  for (const auto& grant : grants_from_text(roles)) out += (out.empty() ? "" : language == Language::en ? ", " : "、") + i18n::text("role." + grant.role, language);
  return out;
}

std::string words_of(const Found& found, const Organisation& organisation, Language language) {
  std::string detail = found.detail;
  if (found.finding == Finding::conflict) {
    const auto plus = detail.find('+');
    detail = i18n::text("role." + detail.substr(0, plus), language) + (language == Language::en ? " and " : "與") + i18n::text("role." + detail.substr(plus + 1), language);
  } else if (found.finding == Finding::elsewhere && organisation.agency_name) {
    detail = organisation.agency_name(std::atoll(detail.c_str()));
  }
  return i18n::text(std::string("review.finding.") + boost::describe::enum_to_string(found.finding, ""), language, {{"detail", detail}});
}

ReviewRow row_of(Identity& identity, db::Session& s, const ReviewRecord& r) {
  return {r.id, r.started_at, identity.name_of(s, r.started_by), r.closed_at, r.closed_by ? std::optional(identity.name_of(s, *r.closed_by)) : std::nullopt, r.note, r.items, r.undecided};
}

ReviewItemRow row_of(Identity& identity, db::Session& s, const ReviewItem& i, const Organisation::PersonOf& person_of, Language language) {
  ReviewItemRow row{i.account_id, i.login_name, i.display_name, i.state, views_of(grants_from_text(i.grants), identity.organisation()), "", i.last_sign_in_at, {}, i.decision, role_words(i.detail, language), i.keep_until, i.note,
                    i.decided_at, i.decided_by ? std::optional(identity.name_of(s, *i.decided_by)) : std::nullopt};
  if (const auto person = person_of ? person_of(i.account_id.value) : std::nullopt) row.posts = person->posts;
  for (const auto& found : reasons_from_text(i.reasons)) row.reasons.push_back({found.finding, words_of(found, identity.organisation(), language)});
  return row;
}

}  // namespace

void add_review_routes(http::Router& router, AccountReviews& reviews) {
  const auto reads = [](const char* summary) { return http::RouteOptions{.permission = "account.read", .summary = summary, .tag = "identity"}; };
  const auto edits = [](const char* summary) { return http::RouteOptions{.permission = "account.edit", .summary = summary, .tag = "identity"}; };
  auto& identity = reviews.identity();
  const auto one = [&reviews, &identity](ReviewId id) -> Result<ReviewRow> {
    MANDATE_ASSIGN(const auto record, reviews.find(id));
    return identity.database().read([&](db::Session& s) { return row_of(identity, s, record); });
  };
  const auto people_of = [&identity] { return identity.organisation().people ? identity.organisation().people() : Organisation::PersonOf{}; };

  router.get<ReviewQuery, ReviewList>("/api/account-reviews", reads("Rounds of going through accounts, newest first"), [&reviews, &identity](const Actor& actor, const ReviewQuery& in) -> Result<ReviewList> {
    std::optional<ReviewId> before;
    if (in.cursor) {
      std::int64_t id = 0;
      if (!http::read_int64(*in.cursor, id)) return field_fault("cursor", "input.bad_cursor");
      before = ReviewId{id};
    }
    const int limit = std::clamp(in.limit.value_or(25), 1, 200);
    auto records = reviews.list(before, limit + 1);
    ReviewList list;
    if (static_cast<int>(records.size()) > limit) {
      records.pop_back();
      list.next = records.back().id.text();
    }
    list.rows = identity.database().read([&](db::Session& s) {
      std::vector<ReviewRow> rows;
      for (const auto& record : records) rows.push_back(row_of(identity, s, record));
      return rows;
    });
    list.found_now = reviews.count_found(actor.now);
    return list;
  });
  router.get<ItemQuery, ReviewItems>("/api/account-reviews/{id}", reads("The accounts of a round: why each, and what was decided"), [&reviews, &identity, one, people_of](const Actor& actor, const ItemQuery& in) -> Result<ReviewItems> {
    ReviewItems out;
    MANDATE_ASSIGN(out.review, one(in.id));
    const int limit = std::clamp(in.limit.value_or(25), 1, 200);
    auto items = reviews.items(in.id, in.decided, in.cursor.value_or(""), limit + 1);
    if (static_cast<int>(items.size()) > limit) {
      items.pop_back();
      out.next = items.back().login_name;
    }
    const auto person_of = people_of();
    out.rows = identity.database().read([&](db::Session& s) {
      std::vector<ReviewItemRow> rows;
      for (const auto& item : items) rows.push_back(row_of(identity, s, item, person_of, actor.language));
      return rows;
    });
    return out;
  });
  router.download<ReviewById>("/api/account-reviews/{id}/record.csv", reads("The record of a round as CSV"), [&reviews, &identity, one, people_of](const Actor& actor, const ReviewById& in) -> Result<http::Download> {
    MANDATE_ASSIGN(const auto review, one(in.id));
    const bool english = actor.language == Language::en;
    csv::Writer out;
    out.row(english ? std::vector<std::string>{"login", "name", "posts", "reasons", "decision", "role taken", "keep until", "note", "decided at", "decided by"}
                    : std::vector<std::string>{"帳號", "姓名", "職務", "清查原因", "處理", "移除角色", "保留至", "說明", "處理時間", "處理人"});
    const auto person_of = people_of();
    std::string after;
    while (true) {
      const auto items = reviews.items(in.id, std::nullopt, after, 500);
      if (items.empty()) break;
      after = items.back().login_name;
      identity.database().read([&](db::Session& s) {
        for (const auto& item : items) {
          const auto row = row_of(identity, s, item, person_of, actor.language);
          std::string reasons;
          for (const auto& reason : row.reasons) reasons += (reasons.empty() ? "" : english ? "; " : "；") + reason.text;
          out.row({row.login_name, row.display_name, row.posts, reasons, row.decision ? i18n::text("review.decision." + *row.decision, actor.language) : "", row.role_taken, row.keep_until ? row.keep_until->iso() : "", row.note,
                   row.decided_at ? taipei_time_text(*row.decided_at) : "", row.decided_by_name.value_or("")});
        }
        return true;
      });
    }
    return http::Download{"text/csv; charset=utf-8", (english ? "account-review-" : "帳號清查-") + taipei_date(review.started_at).iso() + ".csv", out.take()};
  });
  router.post<http::Nothing, ReviewRow>("/api/account-reviews", edits("Begin a round: what is found now is written down"), [&reviews, one](const Actor& actor, const http::Nothing&) -> Result<ReviewRow> {
    MANDATE_ASSIGN(const auto id, reviews.start(actor));
    return one(id);
  });
  router.post<DecideInput, ReviewRow>("/api/account-reviews/{id}/decisions", edits("Decide of one account of a round: disable it, take a role, or keep it until a day"), [&reviews, one](const Actor& actor, const DecideInput& in) -> Result<ReviewRow> {
    Verdict verdict{in.decision, {}, in.keep_until, in.note};
    if (in.decision == Decision::take_role && !in.role) return field_fault("role", "input.required");
    if (in.role) verdict.role = {in.role->role, in.role->agency_id.value_or(http::Number63{}).value, in.role->unit_id.value_or(http::Number63{}).value};
    MANDATE_TRY(reviews.decide(actor, in.id, in.account_id, verdict));
    return one(in.id);
  });
  router.post<CloseInput, ReviewRow>("/api/account-reviews/{id}/closure", edits("Close a round in which everything is decided"), [&reviews, one](const Actor& actor, const CloseInput& in) -> Result<ReviewRow> {
    MANDATE_TRY(reviews.close(actor, in.id, in.note.value_or("")));
    return one(in.id);
  });
}

}  // namespace mandate::identity
