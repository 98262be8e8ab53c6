// What the city's tenders show the outside: the pure mappings to OC4IDS and OCDS, the packages as a stream, and the public pages of works.
//
// Only what is public leaves: items that are open, with an approved plan; figures of accepted filings; the category of a lag and none of its texts; firms
// that hold the contract, and no names of people. What was not filed is absent: no 0, no null, no empty list stands for it.
#pragma once

#include "foundation/tracking/published.hpp"
#include "modules/tenders/service.hpp"
#include "platform/http/pages.hpp"

namespace mandate::tenders {

struct PublishedWork {
  tracking::PublishedItem item;
  TenderFields fields;
};

// Whose data it is, and how its records are named. Prefixes are given out by the Open Contracting Partnership.
struct Publisher {
  std::string name;
  std::string oc4ids_prefix;  // "oc4ids-abc123"
  std::string ocid_prefix;    // "ocds-abc123"
  std::string base;           // "https://example.org", of links; "": none is given
};

// OC4IDS 0.9, https://standard.open-contracting.org/infrastructure/0.9/en/reference/schema/ (fields of 0.9.4). The planned curves of the first and of the
// present baseline are forecasts, what was reported are metrics.
boost::json::object project_of(const PublishedWork& work, const Publisher& publisher);
// OCDS 1.1, https://standard.open-contracting.org/1.1/en/schema/reference/ : one release a contracting process, of all that is known of it now.
boost::json::object release_of(const PublishedWork& work, const Publisher& publisher);

std::string project_id(const PublishedWork& work, const Publisher& publisher);
std::string ocid_of(const PublishedWork& work, const Publisher& publisher);
// Codes of the two standards.
std::string project_status(tracking::ItemState state, std::int64_t status_code);
bool is_awarded(const TenderFields& fields);

BOOST_DEFINE_ENUM_CLASS(PackageFormat, oc4ids, ocds)

class Publication {
 public:
  Publication(db::Database& database, const Clock& clock, policy::Policies& policies, tracking::Tracking& tracking, Tenders& tenders) : database_(database), clock_(clock), policies_(policies), tracking_(tracking), tenders_(tenders) {}

  std::vector<PublishedWork> list(const tracking::PublishedQuestion& question);  // of one moment
  std::vector<tracking::PublishedCount> counts(const std::optional<std::string>& district = {});
  Publisher publisher(const std::string& base) const;
  Date today() const { return clock_.today(); }
  // When anything of the city changed last, and a word that is another one when the packages may be.
  Instant changed_at();
  std::string version();
  tracking::Tracking& tracking() { return tracking_; }

 private:
  db::Database& database_;
  const Clock& clock_;
  policy::Policies& policies_;
  tracking::Tracking& tracking_;
  Tenders& tenders_;
};

// A package piece by piece: a page of works is read in a transaction of its own and is gone when its text is. Empty: that was all.
class PackageStream final : public http::BodySource {
 public:
  PackageStream(Publication& publication, PackageFormat format, const std::string& base);
  std::string next() override;

 private:
  Publication& publication_;
  PackageFormat format_;
  Publisher publisher_;
  tracking::PublishedQuestion question_;
  enum class At { head, records, over } at_ = At::head;
  bool any_ = false;
};

// A public page within the site's own header and footer.
using Framed = std::function<std::string(const http::Call&, const std::string& title, const std::string& body_file, const std::function<void(http::Values&)>& fill)>;
struct WorkPages {
  Framed framed;
  std::function<std::string(const std::string&)> asset_url;
};

void add_open_data_routes(http::Router& router, Publication& publication);
void add_work_pages(http::Router& router, Publication& publication, WorkPages pages);
std::vector<policy::PolicyDefinition> publication_policies();
const std::vector<i18n::Message>& publication_messages();

}  // namespace mandate::tenders
