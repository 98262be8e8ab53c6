// The table of routes: method, path, permission, input, output, function. It identifies the caller, checks the permission, the origin and the form
// token, reads the input, runs a mutating route in one transaction with its idempotency key, and writes the answer or problem details (RFC 9457).
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/http/json.hpp"
#include "platform/http/message.hpp"
#include "platform/http/schema.hpp"
#include "platform/http/server.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mandate::http {

struct Nothing {};  // an input without members, or an answer {}
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// What identity gives the router.
struct Gate {
  // Who the request comes from: nobody when it carries no credentials; a fault when they are wrong or expired.
  std::function<Result<Actor>(const Request&)> identify;
  std::function<bool(const Actor&, std::string_view permission)> may;
  std::function<std::string(const Actor&)> form_token;
};

// How a mutating route keeps its promise of "once".
enum class Once {
  transaction,  // the router runs it in one transaction together with its idempotency record
  by_nature,    // it manages its own writes and may be run twice without harm (sign-in, an import keyed by content)
  secret,       // as transaction, but the answer holds a secret: a replay gets 409 and not the secret
  secret_by_nature  // as by_nature, with such an answer
};

struct RouteOptions {
  std::string permission;  // "open", "signed_in", or a permission's name
  std::string summary;     // English, one line, for the OpenAPI document
  std::string tag;         // module
  Once once = Once::transaction;
  std::size_t body_max = 256 * 1024;
  bool cross_origin = false;  // a mutating route that needs no form token because it is how one gets it (sign-in)
};

struct Page {
  std::string html;
  int status = 200;
};

struct Call {  // what a raw handler sees
  const Request& request;
  const Actor& actor;
};

class Router {
 public:
  Router(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  void set_gate(Gate gate) { gate_ = std::move(gate); }

  template <class In, class Out, class F>
  void get(const std::string& path, RouteOptions options, F handler) {
    add<In, Out>("GET", path, std::move(options), std::move(handler));
  }
  template <class In, class Out, class F>
  void post(const std::string& path, RouteOptions options, F handler) {
    add<In, Out>("POST", path, std::move(options), std::move(handler));
  }
  template <class In, class Out, class F>
  void put(const std::string& path, RouteOptions options, F handler) {
    add<In, Out>("PUT", path, std::move(options), std::move(handler));
  }
  template <class In, class Out, class F>
  void remove(const std::string& path, RouteOptions options, F handler) {
    add<In, Out>("DELETE", path, std::move(options), std::move(handler));
  }
  // A GET that answers a file made in memory: In from path and query; the handler returns Result<Download>.
  template <class In, class F>
  void download(const std::string& path, RouteOptions options, F handler) {
    file<In>(path, std::move(options), [this, handler](const Call& call, const In& in) -> Result<Response> {
      Result<Download> result = handler(call.actor, in);
      if (!result.ok()) return result.fault();
      return file_answer(*result);
    });
  }
  // A PUT whose body comes in pieces, for what does not fit into memory. In from path and query. `begin` is asked before the first piece is read, when
  // permission and origin are known to be right: Result<std::unique_ptr<BodySink>>. `finish` gets the sink when the body is whole: Result<Out>. Both
  // manage their own writes; a repetition under an idempotency key gets the first answer.
  template <class In, class Out, class Begin, class Finish>
  void upload(const std::string& path, RouteOptions options, Begin begin, Finish finish) {
    options.once = Once::by_nature;
    Route route = make("PUT", path, std::move(options));
    route.in_pieces = true;
    describe_input(route, shape_of<In>(), false);
    describe_pieces(route);
    describe_output(route, shape_of<Out>());
    route.begin = [this, begin](Request& request, const Actor& actor) -> std::optional<Response> {
      const Call call{request, actor};
      In in{};
      if (auto refusal = read_or_refuse(call, shape_of<In>(), &in, false)) return refusal;
      Result<std::unique_ptr<BodySink>> sink = begin(actor, in);
      if (!sink.ok()) return problem(call, sink.fault());
      request.sink = std::move(*sink);
      return std::nullopt;
    };
    route.invoke = [this, finish](Call call) {
      In in{};
      if (auto refusal = read_or_refuse(call, shape_of<In>(), &in, false)) return std::move(*refusal);
      if (call.request.body_fault) return problem(call, *call.request.body_fault);
      if (!call.request.sink) return problem(call, invalid({{"", "input.required", {}}}));  // no body came
      Result<Out> result = finish(call.actor, in, *call.request.sink);
      return result.ok() ? answer(shape_of<Out>(), &*result) : problem(call, result.fault());
    };
    add_route(std::move(route));
  }
  // A GET that is answered by events as they happen. The handler returns Result<std::shared_ptr<EventStream>>.
  void events(const std::string& path, RouteOptions options, std::function<Result<std::shared_ptr<EventStream>>(const Call&)> handler);
  // A GET that is answered by a file on disk or anything else that is no JSON: In from path and query; the handler returns Result<Response>.
  template <class In, class F>
  void file(const std::string& path, RouteOptions options, F handler) {
    Route route = make("GET", path, std::move(options));
    route.is_file = true;
    describe_input(route, shape_of<In>(), false);
    route.invoke = [this, handler](Call call) {
      In in{};
      if (auto refusal = read_or_refuse(call, shape_of<In>(), &in, false)) return std::move(*refusal);
      Result<Response> result = handler(call, in);
      return result.ok() ? std::move(*result) : problem(call, result.fault());
    };
    add_route(std::move(route));
  }
  // A public page: server-rendered HTML. The handler returns Result<Page>.
  void page(const std::string& path, RouteOptions options, std::function<Result<Page>(const Call&)> handler);
  // Anything else that is read: files, metrics, health.
  void raw(const std::string& method, const std::string& path, RouteOptions options, std::function<Response(const Call&)> handler);
  // Set by app: makes the page that a person sees when a page fails.
  void set_error_page(std::function<std::string(const Call&, int status, const std::string& title, const std::string& detail)> make) { error_page_ = std::move(make); }
  // Consulted when no route matches a GET: static files.
  void set_fallback(std::function<std::optional<Response>(const Request&)> fallback) { fallback_ = std::move(fallback); }

  Response handle(Request& request);
  // A GET that the program itself asks in somebody's name, for files made of what lists answer: permission and scope are the route's own. `query` is an
  // encoded query string. `source` is the request that led here, for its id and language.
  Response read_as(const Actor& actor, const std::string& path, const std::string& query, const Request* source = nullptr);
  // Who a request comes from now; asked again while a long answer is made.
  Result<Actor> identify(const Request& request) const { return gate_.identify(request); }
  Response refusal(const Request& request, const Actor& actor, const Fault& fault) const { return problem({request, actor}, fault); }
  // What the route of this request accepts as a body; nothing when there is no such route.
  BodyPlan body_plan(const std::string& method, const std::string& path) const;
  // Before a body that comes in pieces: checks the caller and sets request.sink, or answers why not.
  std::optional<Response> open_body(Request& request);

  struct RouteRow {
    std::string method, path, permission, tag, summary;
    bool mutating, is_page, is_file;
  };
  std::vector<RouteRow> rows() const;
  boost::json::object openapi() const;

 private:
  struct Route {
    std::string method;
    std::string path;
    std::vector<std::string> segments;
    RouteOptions options;
    bool mutating = false;
    bool is_page = false;
    bool is_file = false;
    bool in_pieces = false;
    std::function<std::optional<Response>(Request&, const Actor&)> begin;  // with in_pieces
    std::function<Response(Call)> invoke;
    std::function<void(boost::json::object& operation, boost::json::object& components)> describe;
  };

  static Route make(const std::string& method, const std::string& path, RouteOptions options);
  void add_route(Route route);
  const Route* match(const std::string& method, const std::string& path, std::map<std::string, std::string>* parameters, bool* path_known) const;
  Response run(const Route& route, Call call);
  // Who asks; or an answer, when the route is closed to those whose credentials are wrong. A broken database is an answer too.
  template <class F>
  Response with_actor(const Route& route, const Request& request, F go_on);
  std::optional<Response> refuse(const Route& route, const Call& call) const;
  Actor anonymous(const Request& request) const;
  Response run_once(const Route& route, Call call, const std::string& key);
  Response problem(const Call& call, const Fault& fault) const;
  Response file_answer(const Download& file) const;
  static Fault invalid(FieldFaults faults) {
    Fault f = fault(FaultKind::invalid, "input.invalid");
    f.fields = std::move(faults);
    return f;
  }

  template <class In, class Out, class F>
  void add(const std::string& method, const std::string& path, RouteOptions options, F handler) {
    Route route = make(method, path, std::move(options));
    const bool from_body = route.mutating && route.method != "DELETE";
    describe_input(route, shape_of<In>(), from_body);
    describe_output(route, shape_of<Out>());
    route.invoke = [this, handler, from_body](Call call) {
      In in{};
      if (auto refusal = read_or_refuse(call, shape_of<In>(), &in, from_body)) return std::move(*refusal);
      Result<Out> result = handler(call.actor, in);
      return result.ok() ? answer(shape_of<Out>(), &*result) : problem(call, result.fault());
    };
    add_route(std::move(route));
  }

  static void describe_input(Route& route, const Shape& in, bool from_body);
  static void describe_output(Route& route, const Shape& out);
  static void describe_pieces(Route& route);

  // The input into a record of this shape; an answer instead when something is wrong with it.
  std::optional<Response> read_or_refuse(const Call& call, const Shape& shape, void* in, bool from_body) const;
  // Path parameters and query into members of the same name.
  static void read_texts(const Request& request, const Shape& shape, void* in, FieldFaults& faults);
  static void read_body(const Request& request, const Shape& shape, void* in, FieldFaults& faults);
  // The result as JSON, with the cookies that were set on the way.
  static Response answer(const Shape& shape, const void* result);

  static bool parse(const std::string& text, Json& out);
  static void take_cookies(Response& response);

  db::Database& database_;
  const Clock& clock_;
  Gate gate_;
  std::vector<Route> routes_;
  std::map<std::string, std::vector<std::size_t>> by_first_;
  std::function<std::string(const Call&, int, const std::string&, const std::string&)> error_page_;
  std::function<std::optional<Response>(const Request&)> fallback_;
};

// A handler that must set a cookie says so here, in its own thread, before it returns.
void set_cookie(const std::string& header_value);

// The request that this thread is answering: for the address and the device of a sign-in.
const Request& current_request();

// Status and English title of a fault kind.
int status_of(FaultKind kind);

}  // namespace mandate::http
