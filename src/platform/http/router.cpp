#include "platform/http/router.hpp"

#include "platform/digest/digest.hpp"
#include "platform/http/unique_members.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/log/log.hpp"

#include <sodium.h>

namespace mandate::http {
namespace {

thread_local std::vector<std::string> cookies_to_set;
thread_local const Request* request_in_hand = nullptr;

// A thread that leads a group of writes runs other requests' handlers within its own: each sees its request and sets its cookies alone.
class InHand {
 public:
  explicit InHand(const Request& request) : request_(std::exchange(request_in_hand, &request)), cookies_(std::exchange(cookies_to_set, {})) {}
  ~InHand() {
    request_in_hand = request_;
    cookies_to_set = std::move(cookies_);
  }
  InHand(const InHand&) = delete;
  InHand& operator=(const InHand&) = delete;

 private:
  const Request* request_;
  std::vector<std::string> cookies_;
};

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> out;
  std::size_t at = 1;
  while (at <= path.size()) {
    auto end = path.find('/', at);
    if (end == std::string_view::npos) end = path.size();
    out.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The stored answer of a request that was run before.
struct Remembered {
  std::string body_hash;
  std::int64_t status = 0;
  std::string content_type;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(Remembered, (), (body_hash, status, content_type, body))

std::optional<Remembered> find_remembered(db::Session& s, const std::string& key_hash) {
  return s.find<Remembered>("SELECT body_hash, status, content_type, body FROM idempotency WHERE key_hash = ?", key_hash);
}

const char* title_key(FaultKind kind) {
  switch (kind) {
    case FaultKind::invalid: return "fault.invalid";
    case FaultKind::unauthenticated: return "fault.unauthenticated";
    case FaultKind::forbidden: return "fault.forbidden";
    case FaultKind::not_found: return "fault.not_found";
    case FaultKind::conflict: return "fault.conflict";
    case FaultKind::stale: return "fault.stale";
    case FaultKind::too_large: return "fault.too_large";
    case FaultKind::too_many: return "fault.too_many";
    case FaultKind::unavailable: return "fault.unavailable";
  }
  return "fault.invalid";
}

// A browser says where a request comes from; one from another site is refused even with the right cookie.
bool same_origin(const Request& request) {
  const auto site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const auto origin = request.header("origin");
  if (origin.empty()) return true;
  const auto scheme = origin.find("://");
  return scheme != std::string_view::npos && origin.substr(scheme + 3) == request.header("host");
}

// Where a body in pieces belongs, as its request says.
std::string piece_of(const Request& request) {
  std::string out(request.header("content-length"));
  for (const auto& [name, value] : request.query) out += "\n" + name + "=" + value;
  return out;
}

}  // namespace

void set_cookie(const std::string& header_value) { cookies_to_set.push_back(header_value); }

void Router::take_cookies(Response& response) {
  for (auto& cookie : cookies_to_set) response.headers.emplace_back("Set-Cookie", std::move(cookie));
  cookies_to_set.clear();
}

const Request& current_request() {
  if (request_in_hand == nullptr) throw std::logic_error("no request is being answered");
  return *request_in_hand;
}

int status_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::invalid: return 422;
    case FaultKind::unauthenticated: return 401;
    case FaultKind::forbidden: return 403;
    case FaultKind::not_found: return 404;
    case FaultKind::conflict: return 409;
    case FaultKind::stale: return 412;
    case FaultKind::too_large: return 413;
    case FaultKind::too_many: return 429;
    case FaultKind::unavailable: return 503;
  }
  return 500;
}

std::optional<Response> Router::read_or_refuse(const Call& call, const Shape& shape, void* in, bool from_body) const {
  FieldFaults faults;
  if (from_body) {
    read_body(call.request, shape, in, faults);
  } else {
    read_texts(call.request, shape, in, faults);
  }
  if (faults.empty()) return std::nullopt;
  return problem(call, invalid(std::move(faults)));
}

void Router::read_texts(const Request& request, const Shape& shape, void* in, FieldFaults& faults) {
  std::size_t used = 0;
  for (const auto& member : shape.members) {
    const std::string* text = nullptr;
    if (const auto p = request.parameters.find(member.name); p != request.parameters.end()) {
      text = &p->second;
    } else if (const auto q = request.query.find(member.name); q != request.query.end()) {
      text = &q->second;
      ++used;
    }
    if (text != nullptr) {
      if (!from_text(member.shape(), *text, member.at(in))) add_fault(faults, member.name, expected_key(member.shape()));
    } else if (!member.shape().may_be_missing()) {
      add_fault(faults, member.name, "input.required");
    }
  }
  if (used == request.query.size()) return;
  for (const auto& [name, value] : request.query) {
    const bool known = std::any_of(shape.members.begin(), shape.members.end(), [&, &asked = name](const Member& member) { return asked == member.name; });
    if (!known) add_fault(faults, name, "input.unknown");
  }
}

void Router::read_body(const Request& request, const Shape& shape, void* in, FieldFaults& faults) {
  Json body = boost::json::object{};
  if (!request.body.empty() && !parse(request.body, body)) {
    add_fault(faults, "", "input.not_json");
    return;
  }
  if (!body.is_object()) {
    add_fault(faults, "", "input.expected_object");
    return;
  }
  auto& object = body.get_object();
  for (const auto& [name, text] : request.parameters) {
    // The path decides; a member of the same name in the body would be a second opinion.
    if (object.if_contains(name) != nullptr) add_fault(faults, name, "input.unknown");
    object[name] = text;
  }
  // Path parameters arrive as text; integers among them are turned here so that from_json sees what it expects.
  for (const auto& member : shape.members) {
    if (member.shape().kind != Shape::Kind::integer) continue;
    const auto p = request.parameters.find(member.name);
    std::int64_t n = 0;
    if (p != request.parameters.end() && read_int64(p->second, n)) object[member.name] = n;
  }
  from_json(shape, body, in, "", faults);
}

Response Router::answer(const Shape& shape, const void* result) {
  Response response;
  take_cookies(response);
  response.body = boost::json::serialize(to_json(shape, result));
  return response;
}

bool Router::parse(const std::string& text, Json& out) {
  constexpr std::size_t depth_max = 32;
  if (!has_unique_members(text, depth_max)) return false;
  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::error_code error;
  out = boost::json::parse(text, error, {}, options);
  return !error;
}

Router::Route Router::make(const std::string& method, const std::string& path, RouteOptions options) {
  Route route;
  route.method = method;
  route.path = path;
  route.segments = split(path);
  route.options = std::move(options);
  route.mutating = method != "GET";
  if (route.options.permission.empty()) throw std::logic_error("the route " + method + " " + path + " names no permission");
  return route;
}

void Router::add_route(Route route) {
  for (const auto& other : routes_) {
    if (other.method == route.method && other.path == route.path) throw std::logic_error("two routes for " + route.method + " " + route.path);
  }
  // Grouped by the first two segments, which no route leaves open, so that matching stays short however many routes there are.
  by_first_[route.segments.empty() ? "" : route.segments[0] + "/" + (route.segments.size() > 1 ? route.segments[1] : "")].push_back(routes_.size());
  routes_.push_back(std::move(route));
}

void Router::page(const std::string& path, RouteOptions options, std::function<Result<Page>(const Call&)> handler) {
  Route route = make("GET", path, std::move(options));
  route.is_page = true;
  route.invoke = [this, handler = std::move(handler)](Call call) {
    auto result = handler(call);
    if (!result.ok()) {
      Response response;
      response.status = status_of(result.fault().kind);
      response.content_type = "text/html; charset=utf-8";
      const auto language = call.actor.language;
      if (error_page_) response.body = error_page_(call, response.status, i18n::text(title_key(result.fault().kind), language), i18n::text(result.fault().key, language, result.fault().args));
      return response;
    }
    Response response;
    response.status = result->status;
    response.content_type = "text/html; charset=utf-8";
    response.body = std::move(result->html);
    return response;
  };
  add_route(std::move(route));
}

void Router::events(const std::string& path, RouteOptions options, std::function<Result<std::shared_ptr<EventStream>>(const Call&)> handler) {
  Route route = make("GET", path, std::move(options));
  route.is_file = true;
  route.describe = [](boost::json::object& operation, boost::json::object&) {
    operation["responses"] = boost::json::object{{"200", boost::json::object{{"description", "events as they happen"}, {"content", boost::json::object{{"text/event-stream", boost::json::object{}}}}}},
                                                 {"default", boost::json::object{{"$ref", "#/components/responses/Problem"}}}};
  };
  route.invoke = [this, handler = std::move(handler)](Call call) {
    auto stream = handler(call);
    if (!stream.ok()) return problem(call, stream.fault());
    Response response;
    response.content_type = "text/event-stream; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.events = std::move(*stream);
    return response;
  };
  add_route(std::move(route));
}

void Router::raw(const std::string& method, const std::string& path, RouteOptions options, std::function<Response(const Call&)> handler) {
  Route route = make(method, path, std::move(options));
  route.invoke = [handler = std::move(handler)](Call call) { return handler(call); };
  add_route(std::move(route));
}

const Router::Route* Router::match(const std::string& method, const std::string& path, std::map<std::string, std::string>* parameters, bool* path_known) const {
  const auto segments = split(path);
  const auto group = [&](const std::string& key) -> const Route* {
    const auto found = by_first_.find(key);
    if (found == by_first_.end()) return nullptr;
    const Route* best = nullptr;
    int best_fixed = -1;
    for (const auto index : found->second) {
      const Route& route = routes_[index];
      if (route.segments.size() != segments.size()) continue;
      int fixed = 0;
      bool fits = true;
      for (std::size_t i = 0; i < segments.size() && fits; ++i) {
        const auto& pattern = route.segments[i];
        if (!pattern.empty() && pattern.front() == '{') {
          fits = !segments[i].empty();
        } else if (pattern == segments[i]) {
          ++fixed;
        } else {
          fits = false;
        }
      }
      if (!fits) continue;
      if (path_known != nullptr) *path_known = true;
      const bool method_fits = route.method == method || (method == "HEAD" && route.method == "GET");
      if (method_fits && fixed > best_fixed) {
        best = &route;
        best_fixed = fixed;
      }
    }
    return best;
  };
  const std::string first = segments.empty() ? "" : segments[0];
  const Route* route = group(first + "/" + (segments.size() > 1 ? segments[1] : ""));
  if (route == nullptr && segments.size() > 1) {
    for (const auto& [key, indexes] : by_first_) {
      if (key.rfind(first + "/{", 0) == 0) {
        route = group(key);
        if (route != nullptr) break;
      }
    }
  }
  if (route != nullptr && parameters != nullptr) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const auto& pattern = route->segments[i];
      if (!pattern.empty() && pattern.front() == '{') (*parameters)[pattern.substr(1, pattern.size() - 2)] = segments[i];
    }
  }
  return route;
}

BodyPlan Router::body_plan(const std::string& method, const std::string& path) const {
  const auto* route = match(method, path, nullptr, nullptr);
  return route == nullptr ? BodyPlan{} : BodyPlan{route->options.body_max, route->in_pieces};
}

Response Router::handle(Request& request) {
  bool path_known = false;
  const Route* route = match(request.method, request.path, &request.parameters, &path_known);
  if (route == nullptr) {
    const Actor nobody = anonymous(request);
    if (!path_known && (request.method == "GET" || request.method == "HEAD") && fallback_) {
      if (auto found = fallback_(request)) return std::move(*found);
    }
    const Call call{request, nobody};
    if (path_known) {
      auto response = problem(call, fault(FaultKind::not_found, "fault.method"));
      response.status = 405;
      return response;
    }
    if (request.path.rfind("/api/", 0) != 0 && error_page_) {
      Response response;
      response.status = 404;
      response.content_type = "text/html; charset=utf-8";
      response.body = error_page_(call, 404, i18n::text("fault.not_found", nobody.language), i18n::text("fault.no_page", nobody.language));
      return response;
    }
    return problem(call, fault(FaultKind::not_found, "fault.no_route"));
  }
  return with_actor(*route, request, [&](const Actor& actor) { return run(*route, {request, actor}); });
}

Response Router::read_as(const Actor& actor, const std::string& path, const std::string& query, const Request* source) {
  Request request;
  request.method = "GET";
  request.path = path;
  if (source != nullptr) request.id = source->id;
  bool good = true;
  for (std::string_view rest = query; !rest.empty();) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true, good);
    auto value = equals == std::string_view::npos ? std::string() : percent_decode(pair.substr(equals + 1), true, good);
    good = request.query.emplace(std::move(name), std::move(value)).second && good;
  }
  const Call call{request, actor};
  if (!good) return problem(call, invalid({{"filter", "input.expected_text", {}}}));
  const Route* route = match("GET", path, &request.parameters, nullptr);
  if (route == nullptr) throw std::logic_error("no route reads " + path);
  const InHand in_hand(request);
  if (auto refusal = refuse(*route, call)) return std::move(*refusal);
  return route->invoke(call);
}

std::optional<Response> Router::open_body(Request& request) {
  const Route* route = match(request.method, request.path, &request.parameters, nullptr);
  if (route == nullptr || !route->begin) throw std::logic_error("no route takes this body in pieces");
  std::optional<Response> refusal;
  auto broken = with_actor(*route, request, [&](const Actor& actor) {
    refusal = refuse(*route, {request, actor});
    if (!refusal) refusal = route->begin(request, actor);
    return Response{};
  });
  if (!refusal && broken.status != 200) refusal = std::move(broken);
  return refusal;
}

Actor Router::anonymous(const Request& request) const {
  Actor nobody;
  nobody.language = i18n::from_accept_language(request.header("accept-language"));
  nobody.now = clock_.now();
  return nobody;
}

template <class F>
Response Router::with_actor(const Route& route, const Request& request, F go_on) {
  const Actor nobody = anonymous(request);
  const InHand in_hand(request);
  try {
    Actor actor = nobody;
    if (gate_.identify) {
      auto identified = gate_.identify(request);
      if (identified.ok()) {
        const auto language = request.header("accept-language").empty() ? identified->language : nobody.language;
        actor = std::move(*identified);
        actor.language = language;
        actor.now = nobody.now;
      } else if (route.options.permission != "open") {
        return problem({request, nobody}, identified.fault());
      }
    }
    return go_on(actor);
  } catch (const db::DbError& e) {
    log::error("database_fault", {{"request", request.id}, {"route", route.path}, {"reason", e.what()}});
    Fault f = fault(FaultKind::unavailable, e.kind() == db::DbErrorKind::full ? "fault.storage_full" : "fault.database");
    f.retry_after_seconds = 2;
    return problem({request, nobody}, f);
  } catch (const std::exception& e) {
    log::error("breakdown", {{"request", request.id}, {"route", route.path}, {"reason", e.what()}});
    auto response = problem({request, nobody}, fault(FaultKind::unavailable, "fault.breakdown"));
    response.status = 500;
    return response;
  }
}

std::optional<Response> Router::refuse(const Route& route, const Call& call) const {
  const auto& permission = route.options.permission;
  if (permission != "open") {
    if (!call.actor.signed_in()) return problem(call, fault(FaultKind::unauthenticated, "fault.sign_in_first"));
    if (permission != "signed_in" && !(gate_.may && gate_.may(call.actor, permission))) {
      return problem(call, fault(FaultKind::forbidden, "fault.no_permission", {{"permission", i18n::text("permission." + permission, call.actor.language)}}));
    }
  }
  // "As known on" asks about the past, whatever it is asked of.
  if (const auto known_on = call.request.query.find("as_known_on"); known_on != call.request.query.end()) {
    const auto on = Date::parse(known_on->second);
    if (on && *on > taipei_date(call.actor.now)) return problem(call, invalid({{"as_known_on", "input.known_in_future", {}}}));
  }
  if (!route.mutating) return std::nullopt;
  // A token proves itself in each request; a cookie is sent by the browser whoever asks, so its requests must come from our own pages.
  if (!call.request.from_owner && !call.actor.is_token) {
    if (!same_origin(call.request)) return problem(call, fault(FaultKind::forbidden, "fault.other_origin"));
    if (!route.options.cross_origin && gate_.form_token) {
      const auto expected = gate_.form_token(call.actor);
      const auto given = call.request.header("x-form-token");
      if (given.size() != expected.size() || sodium_memcmp(given.data(), expected.data(), expected.size()) != 0) return problem(call, fault(FaultKind::forbidden, "fault.form_token"));
    }
  }
  return std::nullopt;
}

Response Router::run(const Route& route, Call call) {
  if (auto refusal = refuse(route, call)) return std::move(*refusal);
  if (!route.mutating) return route.invoke(call);
  const auto key = call.request.header("idempotency-key");
  if (key.size() > 200) return problem(call, invalid({{"Idempotency-Key", "input.too_long", {{"max", "200"}}}}));
  return run_once(route, call, std::string(key));
}

Response Router::run_once(const Route& route, Call call, const std::string& key) {
  const std::string key_hash = key.empty() ? "" : digest::sha256_hex(std::to_string(call.actor.account_id) + "\n" + call.request.method + " " + call.request.path + "\n" + key);
  // With the key in it: a body may hold a password, and a bare hash of it could be guessed from.
  // A body in pieces is not at hand any more; its place and length stand for it, so that one key is not taken for another piece.
  const std::string body_hash = key.empty() ? "" : digest::sha256_hex(key + "\n" + (route.in_pieces ? piece_of(call.request) : call.request.body));
  const bool secret = route.options.once == Once::secret || route.options.once == Once::secret_by_nature;
  const auto replay = [&](const Remembered& before) {
    if (before.body_hash != body_hash) return problem(call, invalid({{"Idempotency-Key", "fault.key_reused", {}}}));
    if (secret) return problem(call, fault(FaultKind::conflict, "fault.secret_given"));
    Response response;
    response.status = static_cast<int>(before.status);
    response.content_type = before.content_type;
    response.body = before.body;
    response.headers.emplace_back("Idempotent-Replay", "true");
    return response;
  };
  const auto remember = [&](db::Session& s, const Response& response) {
    return s.execute("INSERT INTO idempotency (key_hash, body_hash, status, content_type, body, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key_hash) DO NOTHING", key_hash, body_hash, response.status,
                     response.content_type, secret ? std::string() : response.body, call.actor.now) == 1;
  };
  if (route.options.once == Once::by_nature || route.options.once == Once::secret_by_nature) {
    if (!key.empty() && !route.options.cross_origin) {
      if (const auto before = database_.read([&](db::Session& s) { return find_remembered(s, key_hash); })) return replay(*before);
    }
    Response response = route.invoke(call);
    if (!key.empty() && !route.options.cross_origin && response.status < 400) {
      (void)database_.write([&](db::Session& s) -> Result<> {
        remember(s, response);
        return done();
      }).ok();
    }
    return response;
  }
  Response answer;
  (void)database_.write([&](db::Session& s) -> Result<> {
    const InHand in_hand(call.request);
    if (!key.empty()) {
      if (const auto before = find_remembered(s, key_hash)) {
        answer = replay(*before);
        return fault(FaultKind::conflict, "fault.replayed");  // nothing to commit
      }
    }
    answer = route.invoke(call);
    if (answer.status >= 400) return fault(FaultKind::invalid, "fault.refused");
    if (!key.empty()) remember(s, answer);
    return done();
  }).ok();
  return answer;
}

Response Router::problem(const Call& call, const Fault& f) const {
  Response response;
  response.status = status_of(f.kind);
  response.content_type = "application/problem+json; charset=utf-8";
  const auto language = call.actor.language;
  boost::json::array fields;
  for (const auto& field : f.fields) fields.push_back(boost::json::object{{"path", field.path}, {"key", field.key}, {"message", i18n::text(field.key, language, field.args)}});
  boost::json::object body{{"type", "/problems/" + f.key},
                           {"title", i18n::text(title_key(f.kind), language)},
                           {"status", response.status},
                           {"detail", i18n::text(f.key, language, f.args)},
                           {"instance", call.request.id},
                           {"key", f.key},
                           {"fields", fields}};
  response.body = boost::json::serialize(body);
  if (f.retry_after_seconds > 0) response.headers.emplace_back("Retry-After", std::to_string(f.retry_after_seconds));
  if (f.kind == FaultKind::unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Response Router::file_answer(const Download& file) const {
  Response response;
  response.content_type = file.content_type;
  response.body = file.body;
  response.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(file.file_name));
  return response;
}

}  // namespace mandate::http
