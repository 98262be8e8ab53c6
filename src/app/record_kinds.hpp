// Which records take attachments, links and checklists, and who may do what with them.
#pragma once

namespace mandate::app {

class City;
void add_record_kinds(City& city);

}  // namespace mandate::app
