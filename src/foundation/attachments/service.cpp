#include "foundation/attachments/service.hpp"

#include "platform/db/events.hpp"
#include "platform/files/names.hpp"

#include <algorithm>

MANDATE_EMBEDDED(foundation_attachments)

namespace mandate::attachments {
namespace {

constexpr std::int64_t megabyte = std::int64_t{1} << 20;
constexpr std::size_t caption_max = 600;
constexpr std::size_t reason_max = 3'000;

std::string size_words(std::int64_t bytes) { return bytes < megabyte ? fmt::format("{} KB", (bytes + 1023) / 1024) : fmt::format("{:.1f} MB", static_cast<double>(bytes) / static_cast<double>(megabyte)); }

// The name of a file may name a citizen: an event says what kind of file it was and how large, and no more.
void note(db::Session& s, const Actor& actor, const char* kind, const RecordRef& record, AttachmentId id, boost::json::object data) {
  data["attachment"] = id.text();
  db::append_event(s, {actor.now, actor.account_id, kind, record.kind, record.id, boost::json::serialize(data), {}});
}

std::string kind_of_file(const AttachmentRecord& a) {
  auto ending = files::extension_of(a.name);
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return ending;
}

UploadView view_of(const UploadRecord& u, std::int64_t bytes) { return {u.id, u.name, u.size, u.head, bytes, piece_bytes, u.expires_at}; }

}  // namespace

db::MigrationSet attachment_migrations() { return db::migrations_of("foundation_attachments", embedded::foundation_attachments); }

Attachments::Attachments(db::Database& database, const Clock& clock, identity::Identity& identity, files::FileStore& store, std::function<AttachmentPolicy(Date)> policy)
    : parts_(std::make_unique<Parts>(Parts{database, clock, identity, store, std::move(policy), {}, {}})) {
  store.add_reference("attachment", "file_hash");
  store.set_wanted([p = parts_.get()](db::Session& s, const std::vector<std::int64_t>& ids) { return p->store.keep_wanted(s, ids); });
}

Attachments::~Attachments() = default;

void Attachments::add_record_kind(const std::string& kind, RecordKind record_kind) { parts_->kinds[kind] = std::move(record_kind); }

void Attachments::add_jobs(jobs::Jobs& jobs) {
  jobs.on(files::preview_job, [p = parts_.get()](const jobs::Job& job) -> Result<> {
    return p->files.make_preview(std::string(boost::json::parse(job.payload).at("hash").as_string()));
  }, true);
  // Manages its own writes, and looks at the disk: outside of any transaction.
  jobs.every("attachments.sweep", 3600, [p = parts_.get()](Instant now) -> Result<> {
    MANDATE_TRY(p->database.write([&](db::Session& s) -> Result<> {
      p->store.remove_expired(s, now, 1000);
      return done();
    }));
    p->files.sweep(now);
    return done();
  }, true);
}

Result<> Attachments::Parts::check(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const {
  const auto kind = kinds.find(record.kind);
  if (kind == kinds.end()) return field_fault("record_kind", "attachment.unknown_kind");
  return kind->second.check(s, actor, record.id, wish);
}

AttachmentView Attachments::Parts::view(db::Session& s, const Actor& actor, const AttachmentRecord& a) {
  const RecordRef record{a.record_kind, a.record_id};
  return view(s, actor, a, may(s, actor, record, Wish::add), may(s, actor, record, Wish::withdraw_others));
}

AttachmentView Attachments::Parts::view(db::Session& s, const Actor& actor, const AttachmentRecord& a, bool may_add, bool may_all) {
  AttachmentView v{a.id, a.name, a.type, a.size, a.file_hash, a.caption, a.place, a.added_at, identity.name_of(s, a.added_by), a.width, a.height, a.pages, a.preview, a.preview_pages, a.withdrawn_at, std::nullopt, std::nullopt, {}};
  if (a.withdrawn_at) {
    v.withdrawn_by_name = identity.name_of(s, a.withdrawn_by.value_or(0));
    v.withdrawn_why = a.withdrawn_why;
  } else if (may_all || (may_add && a.added_by == actor.account_id)) {
    v.actions = {"describe", "withdraw"};
  }
  return v;
}

Result<AttachmentRecord> Attachments::Parts::reach(db::Session& s, const Actor& actor, AttachmentId id) {
  const auto attachment = store.find(s, id);
  if (!attachment) return fault(FaultKind::not_found, "attachment.not_found");
  if (!may(s, actor, {attachment->record_kind, attachment->record_id}, Wish::read)) return fault(FaultKind::not_found, "attachment.not_found");
  return *attachment;
}

Result<AttachmentList> Attachments::Parts::list(const Actor& actor, const RecordRef& record) {
  const auto policy_now = rules();
  return database.read([&](db::Session& s) -> Result<AttachmentList> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    AttachmentList out;
    out.may_add = may(s, actor, record, Wish::add);
    // Asked once for the whole list, not once a row.
    const bool may_all = may(s, actor, record, Wish::withdraw_others);
    for (const auto& a : store.list(s, record.kind, record.id, list_max)) out.rows.push_back(view(s, actor, a, out.may_add, may_all));
    const auto use = store.use_of(s, record.kind, record.id);
    out.files_count = use.files;
    out.files_max = policy_now.record_files_max;
    out.bytes_count = use.bytes;
    out.bytes_max = policy_now.record_megabytes_max * megabyte;
    out.file_bytes_max = policy_now.file_megabytes_max * megabyte;
    out.extensions = files::taken_extensions();
    return out;
  });
}

Result<> Attachments::Parts::check_room(db::Session& s, const RecordRef& record, std::int64_t size) {
  const auto policy_now = rules();
  const auto use = store.use_of(s, record.kind, record.id);
  if (use.files >= policy_now.record_files_max) return fault(FaultKind::conflict, "attachment.too_many", {{"max", std::to_string(policy_now.record_files_max)}});
  if (use.bytes + size > policy_now.record_megabytes_max * megabyte) return fault(FaultKind::conflict, "attachment.record_full", {{"max", std::to_string(policy_now.record_megabytes_max)}, {"used", size_words(use.bytes)}});
  return done();
}

Result<UploadView> Attachments::Parts::begin(const Actor& actor, const RecordRef& record, const std::string& name, std::int64_t size, const std::string& head) {
  const auto policy_now = rules();
  const auto clean = files::clean_name(name);
  if (clean.empty() || files::extension_of(clean).empty()) return field_fault("name", "file.no_name");
  if (size <= 0) return field_fault("size", "file.empty");
  if (size > policy_now.file_megabytes_max * megabyte) return fault(FaultKind::too_large, "attachment.file_too_large", {{"max", std::to_string(policy_now.file_megabytes_max)}});
  if (head.size() > 128) return field_fault("head", "input.too_long", {{"max", "128"}});
  return database.write([&](db::Session& s) -> Result<UploadView> {
    MANDATE_TRY(check(s, actor, record, Wish::add));
    MANDATE_TRY(check_room(s, record, size));
    if (store.count_open_uploads(s, actor.account_id, actor.now) >= open_uploads_max) return fault(FaultKind::too_many, "attachment.too_many_uploads", {{"max", std::to_string(open_uploads_max)}});
    const UploadRecord u{new_id<UploadId>(), record.kind, record.id, actor.account_id, clean, size, head, actor.now, actor.now.plus_seconds(upload_seconds), {}};
    store.insert_upload(s, u);
    return view_of(u, 0);
  });
}

Result<UploadRecord> Attachments::Parts::reach_upload(db::Session& s, const Actor& actor, UploadId id) {
  const auto u = store.find_upload(s, id);
  if (!u || u->account_id != actor.account_id || u->expires_at <= actor.now) return fault(FaultKind::not_found, "attachment.no_upload");
  MANDATE_TRY(check(s, actor, {u->record_kind, u->record_id}, Wish::add));  // the right may have gone since it began
  return *u;
}

Result<std::vector<UploadView>> Attachments::Parts::open_uploads(const Actor& actor, const RecordRef& record) {
  return database.read([&](db::Session& s) -> Result<std::vector<UploadView>> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    std::vector<UploadView> out;
    for (const auto& u : store.list_open_uploads(s, actor.account_id, record.kind, record.id, actor.now)) out.push_back(view_of(u, files.bytes_of(u.id.value)));
    return out;
  });
}

Result<UploadView> Attachments::Parts::upload(const Actor& actor, UploadId id) {
  return database.read([&](db::Session& s) -> Result<UploadView> {
    MANDATE_ASSIGN(const auto u, reach_upload(s, actor, id));
    return view_of(u, u.attachment_id ? u.size : files.bytes_of(id.value));
  });
}

Result<std::unique_ptr<files::Incoming>> Attachments::Parts::take(const Actor& actor, UploadId id, std::int64_t offset) {
  MANDATE_ASSIGN(const auto u, database.read([&](db::Session& s) { return reach_upload(s, actor, id); }));
  if (u.attachment_id) return fault(FaultKind::conflict, "attachment.upload_complete");
  if (offset < 0 || offset > u.size) return field_fault("offset", "input.out_of_range", {{"min", "0"}, {"max", std::to_string(u.size)}});
  MANDATE_ASSIGN(auto in, files.open_incoming(id.value, u.size));
  MANDATE_TRY(in->begin_at(offset));
  return in;
}

Result<AttachmentView> Attachments::Parts::complete(const Actor& actor, UploadId id, const std::string& caption) {
  if (caption.size() > caption_max) return field_fault("caption", "input.too_long", {{"max", std::to_string(caption_max / 3)}});
  MANDATE_ASSIGN(const auto u, database.read([&](db::Session& s) { return reach_upload(s, actor, id); }));
  const RecordRef record{u.record_kind, u.record_id};
  const auto answer = [&](AttachmentId attachment) {
    return database.read([&](db::Session& s) -> Result<AttachmentView> {
      const auto found = store.find(s, attachment);
      if (!found) return fault(FaultKind::not_found, "attachment.not_found");
      return view(s, actor, *found);
    });
  };
  if (u.attachment_id) return answer(u.attachment_id);
  auto placed = files.place(id.value, u.size, u.name, rules().limits);
  if (!placed.ok()) {
    if (placed.fault().kind == FaultKind::invalid) {
      MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
        store.remove_upload(s, id);
        return done();
      }));
    }
    return placed.fault();
  }
  const auto attachment_id = new_id<AttachmentId>();
  auto made = database.write([&](db::Session& s) -> Result<AttachmentId> {
    // Another request may have completed it meanwhile, or cancelled it.
    const auto now_there = store.find_upload(s, id);
    if (!now_there) return fault(FaultKind::not_found, "attachment.no_upload");
    if (now_there->attachment_id) return now_there->attachment_id;
    MANDATE_TRY(check(s, actor, record, Wish::add));
    MANDATE_TRY(check_room(s, record, u.size));
    files.keep(s, placed->file, actor.now);
    AttachmentRecord a;
    a.id = attachment_id;
    a.record_kind = record.kind;
    a.record_id = record.id;
    a.file_hash = placed->file.hash;
    a.name = u.name;
    a.size = u.size;
    a.caption = caption;
    a.place = store.next_place(s, record.kind, record.id);
    a.added_at = actor.now;
    a.added_by = actor.account_id;
    store.insert(s, a);
    store.complete_upload(s, id, a.id);
    note(s, actor, "attachment.added", record, a.id, {{"kind", kind_of_file(a)}, {"size", size_words(a.size)}});
    return a.id;
  });
  if (!made.ok()) return made.fault();
  files.discard(id.value);
  return answer(*made);
}

Result<> Attachments::Parts::cancel(const Actor& actor, UploadId id) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    const auto u = store.find_upload(s, id);
    if (!u || u->account_id != actor.account_id) return fault(FaultKind::not_found, "attachment.no_upload");
    if (u->attachment_id) return fault(FaultKind::conflict, "attachment.upload_complete");
    store.remove_upload(s, id);
    return done();
  }));
  files.discard(id.value);
  return done();
}

Result<AttachmentView> Attachments::Parts::describe(const Actor& actor, AttachmentId id, const std::string& caption, std::int64_t place) {
  if (caption.size() > caption_max) return field_fault("caption", "input.too_long", {{"max", std::to_string(caption_max / 3)}});
  if (place < 1 || place > 1'000'000) return field_fault("place", "input.out_of_range", {{"min", "1"}, {"max", "1000000"}});
  return database.write([&](db::Session& s) -> Result<AttachmentView> {
    MANDATE_ASSIGN(const auto a, reach(s, actor, id));
    const auto actions = view(s, actor, a).actions;
    if (a.withdrawn_at) return fault(FaultKind::conflict, "attachment.withdrawn_already");
    if (actions.empty()) return fault(FaultKind::forbidden, "attachment.not_yours");
    store.describe(s, id, caption, place);
    note(s, actor, "attachment.described", {a.record_kind, a.record_id}, id, {{"kind", kind_of_file(a)}});
    return view(s, actor, *store.find(s, id));
  });
}

Result<AttachmentView> Attachments::Parts::withdraw(const Actor& actor, AttachmentId id, const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos) return field_fault("reason", "input.required");
  if (reason.size() > reason_max) return field_fault("reason", "input.too_long", {{"max", std::to_string(reason_max / 3)}});
  return database.write([&](db::Session& s) -> Result<AttachmentView> {
    MANDATE_ASSIGN(const auto a, reach(s, actor, id));
    if (a.withdrawn_at) return fault(FaultKind::conflict, "attachment.withdrawn_already");
    if (view(s, actor, a).actions.empty()) return fault(FaultKind::forbidden, "attachment.not_yours");
    if (!store.withdraw(s, id, actor.now, actor.account_id, reason)) return fault(FaultKind::conflict, "attachment.withdrawn_already");
    note(s, actor, "attachment.withdrawn", {a.record_kind, a.record_id}, id, {{"kind", kind_of_file(a)}, {"reason", reason}});
    return view(s, actor, *store.find(s, id));
  });
}

Result<Served> Attachments::Parts::serve(const Actor& actor, AttachmentId id, const std::string& preview_page) {
  return database.read([&](db::Session& s) -> Result<Served> {
    MANDATE_ASSIGN(auto a, reach(s, actor, id));
    if (a.withdrawn_at && !may(s, actor, {a.record_kind, a.record_id}, Wish::withdraw_others)) return fault(FaultKind::not_found, "attachment.withdrawn_gone");
    auto path = preview_page.empty() ? files.path_of(a.file_hash) : files.preview_of(a.file_hash, preview_page);
    return Served{std::move(a), std::move(path)};
  });
}

Result<std::pair<std::string, std::vector<AttachmentRecord>>> Attachments::Parts::serve_all(const Actor& actor, const RecordRef& record) {
  return database.read([&](db::Session& s) -> Result<std::pair<std::string, std::vector<AttachmentRecord>>> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    auto all = store.list(s, record.kind, record.id, list_max);
    std::erase_if(all, [](const auto& a) { return a.withdrawn_at.has_value(); });
    if (all.empty()) return fault(FaultKind::not_found, "attachment.none");
    return std::pair(kinds.at(record.kind).label(s, record.id), std::move(all));
  });
}

}  // namespace mandate::attachments
