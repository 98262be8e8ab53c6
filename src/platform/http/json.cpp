#include "platform/http/json.hpp"

namespace mandate::http {
namespace {

using Kind = Shape::Kind;

const char* name_of(const Shape& shape, std::int64_t value) {
  for (const auto& choice : shape.choices) {
    if (choice.value == value) return choice.name;
  }
  return "";
}

Json text_value(std::string_view text) { return Json(boost::json::string(text)); }

}  // namespace

Json to_json(const Shape& shape, const void* x) {
  switch (shape.kind) {
    case Kind::boolean: return Json(shape.get(x) != 0);
    case Kind::integer:
    case Kind::percent:
    case Kind::money: return Json(shape.get(x));
    case Kind::number: return Json(*static_cast<const double*>(x));
    case Kind::text: return text_value(*static_cast<const std::string*>(x));
    case Kind::json: return *static_cast<const Json*>(x);
    case Kind::id: return text_value(std::to_string(shape.get(x)));
    case Kind::date: return text_value(static_cast<const Date*>(x)->iso());
    case Kind::instant: return text_value(static_cast<const Instant*>(x)->rfc3339());
    case Kind::choice: return text_value(name_of(shape, shape.get(x)));
    case Kind::optional: return shape.size(x) == 0 ? Json(nullptr) : to_json(shape.inner(), shape.item(x, 0));
    case Kind::list: {
      const auto& inner = shape.inner();
      const auto size = shape.size(x);
      boost::json::array out;
      out.reserve(size);
      for (std::size_t at = 0; at < size; ++at) out.push_back(to_json(inner, shape.item(x, at)));
      return out;
    }
    case Kind::record: break;
  }
  boost::json::object out;
  out.reserve(shape.members.size());
  // Members are reached for reading only.
  for (const auto& member : shape.members) out.emplace(member.name, to_json(member.shape(), member.at(const_cast<void*>(x))));
  return out;
}

bool from_text(const Shape& shape, std::string_view text, void* out) {
  switch (shape.kind) {
    case Kind::text: static_cast<std::string*>(out)->assign(text); return true;
    case Kind::boolean: {
      const bool yes = text == "true" || text == "1";
      shape.set(out, yes ? 1 : 0);
      return yes || text == "false" || text == "0";
    }
    case Kind::integer:
    case Kind::id: {
      std::int64_t n = 0;
      if (!read_int64(text, n) || n < shape.min || n > shape.max || (shape.kind == Kind::id && n < 0)) return false;
      shape.set(out, n);
      return true;
    }
    case Kind::date: {
      const auto date = Date::parse(text);
      if (date) *static_cast<Date*>(out) = *date;
      return date.has_value();
    }
    case Kind::instant: {
      const auto at = Instant::parse(text);
      if (at) *static_cast<Instant*>(out) = *at;
      return at.has_value();
    }
    case Kind::choice: {
      for (const auto& choice : shape.choices) {
        if (text != choice.name) continue;
        shape.set(out, choice.value);
        return true;
      }
      return false;
    }
    case Kind::optional: {
      shape.clear(out);
      if (text.empty() || from_text(shape.inner(), text, shape.append(out))) return true;
      shape.clear(out);
      return false;
    }
    case Kind::list: {
      shape.clear(out);
      while (!text.empty()) {
        const auto comma = text.find(',');
        if (!from_text(shape.inner(), text.substr(0, comma), shape.append(out))) return false;
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
      }
      return true;
    }
    case Kind::number:
    case Kind::json:
    case Kind::percent:
    case Kind::money:
    case Kind::record: return false;
  }
  return false;
}

const char* expected_key(const Shape& shape) {
  switch (shape.kind) {
    case Kind::optional: return expected_key(shape.inner());
    case Kind::boolean: return "input.expected_bool";
    case Kind::integer:
    case Kind::percent:
    case Kind::money: return "input.expected_integer";
    case Kind::number: return "input.expected_number";
    case Kind::date: return "input.expected_date";
    case Kind::instant: return "input.expected_instant";
    case Kind::id: return "input.expected_id";
    case Kind::choice: return "input.expected_choice";
    case Kind::list: return "input.expected_list";
    case Kind::record: return "input.expected_object";
    case Kind::text:
    case Kind::json: break;
  }
  return "input.expected_text";
}

void from_json(const Shape& shape, const Json& v, void* out, const std::string& path, FieldFaults& faults) {
  const auto refuse = [&] {
    MessageArgs args;
    if (shape.kind == Kind::choice) {
      std::string names;
      for (const auto& choice : shape.choices) names += (names.empty() ? "" : ", ") + std::string(choice.name);
      args.push_back({"choices", names});
    }
    add_fault(faults, path, expected_key(shape), std::move(args));
  };
  switch (shape.kind) {
    case Kind::optional:
      shape.clear(out);
      if (!v.is_null()) from_json(shape.inner(), v, shape.append(out), path, faults);
      return;
    case Kind::json: *static_cast<Json*>(out) = v; return;
    case Kind::boolean:
      if (!v.is_bool()) return refuse();
      shape.set(out, v.get_bool() ? 1 : 0);
      return;
    case Kind::integer:
    case Kind::percent:
    case Kind::money:
      if (!v.is_int64() || v.get_int64() < shape.min || v.get_int64() > shape.max) return refuse();
      shape.set(out, v.get_int64());
      return;
    case Kind::number:
      if (!v.is_number()) return refuse();
      *static_cast<double*>(out) = v.to_number<double>();
      return;
    case Kind::list: {
      if (!v.is_array()) return refuse();
      std::size_t at = 0;
      for (const auto& item : v.get_array()) from_json(shape.inner(), item, shape.append(out), path + "[" + std::to_string(at++) + "]", faults);
      return;
    }
    case Kind::record: {
      if (!v.is_object()) return refuse();
      const auto& object = v.get_object();
      const std::string prefix = path.empty() ? "" : path + ".";
      std::size_t used = 0;
      for (const auto& member : shape.members) {
        const auto& of = member.shape();
        if (const auto* found = object.if_contains(member.name); found != nullptr) {
          ++used;
          from_json(of, *found, member.at(out), prefix + member.name, faults);
        } else if (!of.may_be_missing()) {
          add_fault(faults, prefix + member.name, "input.required");
        }
      }
      if (used == object.size()) return;
      for (const auto& pair : object) {
        const bool known = std::any_of(shape.members.begin(), shape.members.end(), [&](const Member& member) { return pair.key() == member.name; });
        if (!known) add_fault(faults, prefix + std::string(pair.key()), "input.unknown");
      }
      return;
    }
    case Kind::text:
    case Kind::id:
    case Kind::date:
    case Kind::instant:
    case Kind::choice: break;
  }
  if (!v.is_string() || !from_text(shape, std::string_view(v.get_string().data(), v.get_string().size()), out)) return refuse();
  // PostgreSQL cannot hold it and C strings end at it: what was said and what was kept would differ.
  if (shape.kind == Kind::text && static_cast<const std::string*>(out)->find('\0') != std::string::npos) add_fault(faults, path, "input.nul");
}

void from_texts(const Shape& record, const std::map<std::string, std::string>& texts, void* out, FieldFaults& faults) {
  for (const auto& member : record.members) {
    const auto given = texts.find(member.name);
    if (given != texts.end() && !from_text(member.shape(), given->second, member.at(out))) add_fault(faults, member.name, expected_key(member.shape()));
  }
}

}  // namespace mandate::http
