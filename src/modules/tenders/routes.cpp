#include "modules/tenders/service.hpp"
#include "platform/http/router.hpp"

namespace mandate::tenders {

struct TenderById {
  ItemId id;
};
BOOST_DESCRIBE_STRUCT(TenderById, (), (id))
struct CreateTender {
  std::optional<std::string> number;
  std::string title;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id, post_id;
  std::optional<std::string> district, tier;
  std::optional<identity::Confidentiality> confidentiality;
  TenderFields fields;
};
BOOST_DESCRIBE_STRUCT(CreateTender, (), (number, title, agency_id, unit_id, post_id, district, tier, confidentiality, fields))
struct EditTender {
  ItemId id;
  TenderFields fields;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(EditTender, (), (id, fields, revision))

void add_tender_routes(http::Router& router, Tenders& tenders) {
  const auto number = [](const std::optional<http::Number63>& n) { return n.value_or(http::Number63{}).value; };
  router.post<CreateTender, TenderView>("/api/tenders", {.permission = "tracking.file", .summary = "Create a tender and its item under control", .tag = "tenders"}, [&tenders, number](const Actor& actor, const CreateTender& in) {
    tracking::NewItem item;
    item.number = in.number.value_or("");
    item.title = in.title;
    item.agency_id = in.agency_id.value;
    item.unit_id = number(in.unit_id);
    item.post_id = number(in.post_id);
    item.district = in.district.value_or("");
    item.tier = in.tier.value_or("");
    item.confidentiality = in.confidentiality.value_or(identity::Confidentiality::internal);
    return tenders.create(actor, std::move(item), in.fields);
  });
  router.get<TenderById, TenderView>("/api/tenders/{id}", {.permission = "tracking.read", .summary = "A tender's own record, by the id of its item", .tag = "tenders"}, [&tenders](const Actor& actor, const TenderById& in) { return tenders.view(actor, in.id); });
  router.put<EditTender, TenderView>("/api/tenders/{id}", {.permission = "tracking.file", .summary = "Change a tender's own record; refused when somebody changed it since this revision", .tag = "tenders"},
                                     [&tenders](const Actor& actor, const EditTender& in) { return tenders.edit(actor, in.id, in.fields, in.revision); });
}

}  // namespace mandate::tenders
