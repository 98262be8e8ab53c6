#include "app/serve.hpp"

#include "app/command.hpp"
#include "app/sample_city.hpp"
#include "app/sample_works.hpp"
#include "platform/digest/digest.hpp"
#include "platform/http/server.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/log/log.hpp"

#include <csignal>
#include <fstream>
#include <iostream>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sstream>
#include <sys/resource.h>

namespace mandate::app {
namespace {

bool loopback(const std::string& address) { return address == "::1" || address.rfind("127.", 0) == 0; }

std::filesystem::path find_web(const std::filesystem::path& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  // build/release/mandate beside web/, or an installed bin/mandate beside share/mandate.
  for (const auto& candidate : {program.parent_path() / "../../web", program.parent_path() / "../share/mandate"}) {
    if (std::filesystem::exists(candidate / "public", ignored)) return std::filesystem::weakly_canonical(candidate);
  }
  return "web";
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) text.replace(at, mark.size(), value);
  return text;
}

std::int64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t pages = 0;
  std::int64_t resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

class Metrics {
 public:
  explicit Metrics(City& city) : city_(city), requests_(prometheus::BuildCounter().Name("mandate_http_requests_total").Help("Answered requests by class of status").Register(registry_)),
                                 seconds_(prometheus::BuildHistogram().Name("mandate_http_request_seconds").Help("Time from the whole request to the answer").Register(registry_).Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.005, 0.02, 0.1, 0.5, 2})),
                                 gauges_(prometheus::BuildGauge().Name("mandate_state").Help("State of the process and the database").Register(registry_)) {}

  void observe(int status, std::int64_t micros) {
    requests_.Add({{"status", std::to_string(status / 100) + "xx"}}).Increment();
    seconds_.Observe(static_cast<double>(micros) / 1e6);
  }
  std::string text(std::size_t connections, std::size_t streams) {
    const auto counts = city_.database->counts();
    set("db_statements", counts.statements);
    set("db_writes", counts.writes);
    set("db_commits", counts.commits);
    set("db_syncs", counts.syncs);
    set("db_retries", counts.retries);
    set("search_waiting", city_.database->read([](db::Session& s) { return search::Search::count_waiting(s, 1'000'000); }));
    set("connections", static_cast<std::int64_t>(connections));
    set("streams", static_cast<std::int64_t>(streams));
    set("resident_bytes", resident_bytes());
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

 private:
  void set(const char* what, std::int64_t value) { gauges_.Add({{"what", what}}).Set(static_cast<double>(value)); }
  City& city_;
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Histogram& seconds_;
  prometheus::Family<prometheus::Gauge>& gauges_;
};

http::Response plain(std::string text, int status = 200) {
  http::Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

std::string make_first_admin(City& city) {
  const std::string password = "M-" + digest::random_hex(12);
  const auto actor = identity::system_actor(*city.clock);
  const auto made = city.identity.create_account(actor, {"admin", "系統管理者", password, {{"system_admin", 0, 0}}, false});
  if (!made.ok()) throw std::runtime_error("the first administrator could not be made: " + fault_text(made.fault()));
  return password;
}

void print_banner(City& city, const std::string& first_password, int port) {
  std::cout << fmt::format("\nMandate is ready:  http://localhost:{}/          what the city promised, for everybody\n                   http://localhost:{}/console/  for staff\n", port, port);
  if (!first_password.empty()) std::cout << fmt::format("\nThe first administrator: admin, with the password {} (shown this once)\n", first_password);
  if (city.identity.count_sample_accounts() > 0) {
    std::cout << fmt::format("\nSample accounts, all with the password {}\n", sample_password);
    for (const auto& account : sample_accounts()) std::cout << fmt::format("  {:<16} {}\n", account.login_name, account.title_en);
  }
  std::cout << "\nCtrl-C stops it.\n" << std::flush;
}

// For the tests of what a killed process leaves behind: ends this one at a named step, as kill -9 would. Only under the clock of tests.
CityOptions with_test_stop(CityOptions options) {
  const char* step = std::getenv("MANDATE_TEST_STOP_AT");
  if (!options.fake_now || step == nullptr) return options;
  options.at_mail_step = [wanted = std::string(step)](std::string_view reached) {
    if (reached == wanted) raise(SIGKILL);
  };
  return options;
}

struct SetClock {
  Instant now;
};
BOOST_DESCRIBE_STRUCT(SetClock, (), (now))

}  // namespace

int serve(const ServeOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  if (options.city.fake_now && !loopback(options.address)) throw std::runtime_error("--fake-clock is refused on " + options.address + ": a clock that can be set is for tests on a loopback address only");
  if (options.quiet) log::set_level(log::Level::warning);
  // Signals go to one waiting thread, so that stopping is ordinary code.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  City city(with_test_stop(options.city));
  if (options.sample && is_empty(city)) {
    log::info("sample_city", {{"state", "making"}});
    auto made = fill_sample_city(city);
    // Works with half a year of filings are there to be looked at; tests set the clock and make their own.
    if (made.ok() && city.fake_clock == nullptr) made = make_sample_works(city);
    if (!made.ok()) throw std::runtime_error("the sample city could not be made: " + fault_text(made.fault()));
  }
  std::string first_password;
  if (options.first_admin && is_empty(city)) first_password = make_first_admin(city);
  if (!loopback(options.address) && city.identity.count_sample_accounts() > 0) {
    throw std::runtime_error("sample accounts with a known password are in this database: disable them, or listen on 127.0.0.1 only");
  }

  const auto web = find_web(options.web);
  http::StaticFiles files;
  files.mount("/assets/", web / "dist" / "assets", true);
  files.mount("/public/", web / "public", false);

  Metrics metrics(city);
  http::Router router(*city.database, *city.clock);
  router.set_gate({[&city](const http::Request& request) { return city.identity.identify(request); }, [](const Actor& actor, std::string_view permission) { return identity::may(actor, permission); },
                   [](const Actor& actor) { return actor.form_key; }});
  city.add_routes(router);
  reports::set_print_style([&files](const std::string& url) { return files.versioned(url); });
  city.plan.set_asset_url([&files](const std::string& url) { return files.versioned(url); });
  router.set_error_page([&city](const http::Call& call, int status, const std::string& title, const std::string& detail) { return city.plan.error_page(call, status, title, detail); });
  router.set_fallback([&files](const http::Request& request) { return files.find(request); });

  std::unique_ptr<http::Server> server;
  std::atomic<bool> ready{false};
  const auto shell = [&web](const http::Call& call) {
    // The shell is made for each answer, with a nonce for the styles that the components insert.
    const auto nonce = digest::random_hex(16);
    http::Response response;
    response.content_type = "text/html; charset=utf-8";
    const auto text = file_text(web / "dist" / "index.html");
    if (text.empty()) return plain("The web console is not built: run ./dev build (or npm run build in web/).\n", 503);
    response.body = replaced(replaced(text, "__CSP_NONCE__", nonce), "__LANG__", call.actor.language == Language::en ? "en" : "zh-Hant-TW");
    response.headers.emplace_back("Content-Security-Policy", http::console_policy(nonce));
    return response;
  };
  // The console's own router takes over below /console; four levels deep is more than it has.
  for (const char* path : {"/console", "/console/", "/console/{a}", "/console/{a}/{b}", "/console/{a}/{b}/{c}", "/console/{a}/{b}/{c}/{d}"}) {
    router.raw("GET", path, {.permission = "open", .summary = "The staff console's shell", .tag = "app"}, shell);
  }
  router.raw("GET", "/healthz", {.permission = "open", .summary = "The process answers", .tag = "app"}, [](const http::Call&) { return plain("ok\n"); });
  router.raw("GET", "/readyz", {.permission = "open", .summary = "The process takes requests and its database answers", .tag = "app"}, [&](const http::Call&) {
    if (!ready || server->stopping()) return plain("stopping\n", 503);
    city.database->read([](db::Session& s) { return s.value<std::int64_t>("SELECT 1"); });
    return plain("ready\n");
  });
  router.raw("GET", "/metrics", {.permission = "open", .summary = "Prometheus metrics: from loopback, or with the permission system.metrics", .tag = "app"}, [&](const http::Call& call) {
    // A request that a proxy on this machine passes on comes from loopback too, but for somebody else.
    const bool local = loopback(call.request.peer) && call.request.header("x-forwarded-for").empty();
    if (!local && !identity::may(call.actor, "system.metrics")) return plain("forbidden\n", 403);
    auto response = plain(metrics.text(server->connections(), server->streams()));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return response;
  });
  router.raw("GET", "/api/openapi.json", {.permission = "open", .summary = "This document", .tag = "app"}, [&router](const http::Call&) {
    http::Response response;
    response.body = boost::json::serialize(router.openapi());
    return response;
  });
  if (city.fake_clock != nullptr) {
    router.post<SetClock, SetClock>("/api/test-clock", {.permission = "open", .summary = "Sets the test clock", .tag = "app", .once = http::Once::by_nature, .cross_origin = true}, [&city](const Actor&, const SetClock& in) -> Result<SetClock> {
      city.fake_clock->set(in.now);
      city.run_due();
      city.audit.seal();
      return in;
    });
  }

  http::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  server_options.trusted_proxies = {options.trusted_proxies.begin(), options.trusted_proxies.end()};
  server_options.log_requests = !options.quiet;
  if (options.city.database_url.empty()) server_options.socket = std::filesystem::absolute(options.city.data / "mandate.sock");
  http::ServerHandler handler;
  handler.handle = [&](http::Request& request) {
    if (request.from_owner && request.path == "/command") {
      http::Response response;
      try {
        response.body = output_to_json(run_command(city, command_from_json(request.body)));
      } catch (const std::exception& e) {
        response.body = output_to_json({1, "", std::string(e.what()) + "\n"});
      }
      return response;
    }
    auto response = router.handle(request);
    http::finish_response(request, response);
    return response;
  };
  handler.body_plan = [&router](const std::string& method, const std::string& path) { return router.body_plan(method, path); };
  handler.open_body = [&router](http::Request& request) {
    auto refusal = router.open_body(request);
    if (refusal) http::finish_response(request, *refusal);
    return refusal;
  };
  handler.observe = [&](const http::Request& request, int status, std::size_t bytes, std::int64_t micros) {
    metrics.observe(status, micros);
    // The path of a page may hold what a person typed; the log keeps only which route group it was.
    if (!options.quiet) log::info("request", {{"request", request.id}, {"method", request.method}, {"status", status}, {"micros", static_cast<long>(micros)}, {"bytes", bytes}});
  };
  server = std::make_unique<http::Server>(server_options, handler);

  std::thread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGUSR1) log::info("stopping", {{"signal", signal}});
    server->stop();
  });
  // Positions, checkpoints and their copies outside: each process for itself, every minute and at the end.
  std::mutex sealing_mutex;
  std::condition_variable sealing_wake;
  bool sealing_stop = false;
  std::thread sealer([&] {
    std::unique_lock lock(sealing_mutex);
    while (!sealing_stop) {
      sealing_wake.wait_for(lock, std::chrono::seconds(60), [&] { return sealing_stop; });
      lock.unlock();
      try {
        city.audit.seal();
      } catch (const std::exception& e) {
        log::error("sealing_failed", {{"reason", e.what()}});
      }
      lock.lock();
    }
  });
  city.start();

  ready = true;
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  log::info("listening", {{"address", options.address}, {"port", static_cast<int>(server->port())}, {"start_ms", static_cast<long>(took)}});
  if (options.print_port) std::cout << "port " << server->port() << std::endl;
  if (options.banner) print_banner(city, first_password, server->port());
  server->run();

  city.stop();
  {
    const std::lock_guard lock(sealing_mutex);
    sealing_stop = true;
  }
  sealing_wake.notify_all();
  sealer.join();  // seals once more on its way out
  pthread_kill(waiter.native_handle(), SIGTERM);
  waiter.join();
  server.reset();
  log::info("stopped");
  return 0;
}

}  // namespace mandate::app
