// The server: listens, answers, runs jobs, seals the audit log, and ends in good order.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

struct ServeOptions {
  CityOptions city;
  std::string address = "127.0.0.1";
  unsigned short port = 8080;
  std::vector<std::string> trusted_proxies;
  std::filesystem::path web;  // the built web files: dist/ and public/ below it
  bool sample = false;        // fill an empty database with the sample city
  bool quiet = false;
  bool first_admin = false;   // make one administrator with a password shown once, when there is no account
  bool banner = false;        // print the address and the sample accounts on standard output
  bool print_port = false;    // one line "port N" on standard output, for tests
};

int serve(const ServeOptions& options);

}  // namespace mandate::app
