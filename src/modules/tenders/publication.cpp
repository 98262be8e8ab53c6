#include "modules/tenders/publication.hpp"

#include "foundation/policy/api.hpp"

namespace mandate::tenders {
namespace {

constexpr int works_a_page = 50;

policy::PolicyDefinition text(const char* key, const char* zh, const char* en, const char* why_zh, const char* why_en, const char* value) {
  return {key, policy::PolicyKind::text, zh, en, "", why_zh, why_en, 0, 0, {}, {{"2010-12-25", value, policy::unsourced}}};
}

}  // namespace

std::vector<policy::PolicyDefinition> publication_policies() {
  return {text("publication.publisher", "開放資料發布機關", "Publisher of the open data", "列於 OC4IDS 與 OCDS 資料檔的發布者。", "Named in the packages of OC4IDS and OCDS.", "臺中市政府研究發展考核委員會"),
          text("publication.oc4ids_prefix", "OC4IDS 專案識別碼前綴", "Prefix of OC4IDS project identifiers", "向開放契約夥伴組織（OCP）登記後取得；登記前使用預設值。變更後所有識別碼隨之改變。", "Given out by the Open Contracting Partnership; until then as it stands. Changing it changes every identifier.", "oc4ids-000000"),
          text("publication.ocid_prefix", "OCDS 識別碼前綴", "Prefix of OCDS identifiers", "向開放契約夥伴組織（OCP）登記後取得；登記前使用預設值。變更後所有識別碼隨之改變。", "Given out by the Open Contracting Partnership; until then as it stands. Changing it changes every identifier.", "ocds-000000")};
}

Publisher Publication::publisher(const std::string& base) const {
  const auto p = policies_.recent();
  const policy::PolicyMoment today{clock_.today(), {}};
  return {p->text("publication.publisher", today), p->text("publication.oc4ids_prefix", today), p->text("publication.ocid_prefix", today), base};
}

std::vector<PublishedWork> Publication::list(const tracking::PublishedQuestion& question) {
  return database_.read([&](db::Session& s) {
    std::vector<PublishedWork> out;
    std::vector<std::int64_t> ids;
    auto items = tracking::list_published(tracking_, s, question);
    for (const auto& item : items) ids.push_back(item.core.id.value);
    auto records = tenders_.list_records(s, ids);
    for (auto& item : items) {
      const auto found = records.find(item.core.id.value);
      if (found == records.end()) continue;
      item.changed_at = std::max(item.changed_at, found->second.recorded_at);
      out.push_back({std::move(item), fields_of(found->second)});
    }
    return out;
  });
}

std::vector<tracking::PublishedCount> Publication::counts(const std::optional<std::string>& district) {
  return database_.read([&](db::Session& s) { return tracking::count_published(tracking_, s, "tender", "overall", district); });
}

Instant Publication::changed_at() {
  return database_.read([](db::Session& s) { return Instant{s.value<std::int64_t>("SELECT at FROM event ORDER BY id DESC LIMIT 1")}; });
}

std::string Publication::version() {
  const auto newest = database_.read([](db::Session& s) { return s.value<std::int64_t>("SELECT id FROM event ORDER BY id DESC LIMIT 1"); });
  return std::to_string(newest) + "-" + clock_.today().iso();
}

PackageStream::PackageStream(Publication& publication, PackageFormat format, const std::string& base) : publication_(publication), format_(format), publisher_(publication.publisher(base)) {
  question_.kind = "tender";
  question_.limit = works_a_page;
}

std::string PackageStream::next() {
  const bool projects = format_ == PackageFormat::oc4ids;
  switch (at_) {
    case At::head: {
      at_ = At::records;
      boost::json::object head{{"uri", publisher_.base.empty() ? std::string("urn:mandate:") + (projects ? "oc4ids" : "ocds") : publisher_.base + "/open-data/" + (projects ? "oc4ids" : "ocds") + ".json"},
                               {"publishedDate", publication_.changed_at().rfc3339()},
                               {"publisher", boost::json::object{{"name", publisher_.name}}},
                               {"version", projects ? "0.9" : "1.1"}};
      auto out = boost::json::serialize(head);
      out.pop_back();
      return out + (projects ? ",\"projects\":[" : ",\"releases\":[");
    }
    case At::records: {
      const auto works = publication_.list(question_);
      std::string out;
      for (const auto& work : works) {
        out += any_ ? ",\n" : "\n";
        any_ = true;
        out += boost::json::serialize(projects ? project_of(work, publisher_) : release_of(work, publisher_));
      }
      if (works.empty()) {
        at_ = At::over;
        return "\n]}\n";
      }
      question_.after = works.back().item.core.id;
      return out;
    }
    case At::over: break;
  }
  return {};
}

}  // namespace mandate::tenders
