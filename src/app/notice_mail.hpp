#pragma once

namespace mandate::app {

class City;

// Notices and chases leave by the city's mail; who stops them by the link in a mail has stopped them in the settings too.
void set_notice_mail(City& city);

}  // namespace mandate::app
