#include "foundation/attachments/service.hpp"

namespace mandate::attachments {

struct OfRecord {
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(OfRecord, (), (record_kind, record_id))
struct BeginUpload {
  std::string record_kind;
  http::Number63 record_id;
  std::string name;
  std::int64_t size = 0;
  std::optional<std::string> head;
};
BOOST_DESCRIBE_STRUCT(BeginUpload, (), (record_kind, record_id, name, size, head))
struct UploadById {
  UploadId id;
};
BOOST_DESCRIBE_STRUCT(UploadById, (), (id))
struct PieceAt {
  UploadId id;
  std::int64_t offset = 0;
};
BOOST_DESCRIBE_STRUCT(PieceAt, (), (id, offset))
struct PieceTaken {
  std::int64_t bytes = 0;
  std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(PieceTaken, (), (bytes, size))
struct CompleteUpload {
  UploadId id;
  std::optional<std::string> caption;
};
BOOST_DESCRIBE_STRUCT(CompleteUpload, (), (id, caption))
struct WholeFile {
  std::string record_kind;
  http::Number63 record_id;
  std::string name;
  std::optional<std::string> caption;
};
BOOST_DESCRIBE_STRUCT(WholeFile, (), (record_kind, record_id, name, caption))
struct DescribeAttachment {
  AttachmentId id;
  std::string caption;
  std::int64_t place = 1;
};
BOOST_DESCRIBE_STRUCT(DescribeAttachment, (), (id, caption, place))
struct WithdrawAttachment {
  AttachmentId id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawAttachment, (), (id, reason))
struct OpenUploads {
  std::vector<UploadView> rows;
};
BOOST_DESCRIBE_STRUCT(OpenUploads, (), (rows))

namespace {

// Between the connection and the file. It lets go of the upload before it is answered, so that the next piece may come by another connection.
class Piece final : public http::BodySink {
 public:
  Piece(UploadId upload, std::unique_ptr<files::Incoming> in) : upload_(upload), in_(std::move(in)) {}
  Result<> write(std::string_view piece) override { return in_->write(piece); }
  Result<> close() override {
    MANDATE_TRY(in_->save());
    bytes_ = in_->bytes();
    in_.reset();
    return done();
  }
  UploadId upload() const { return upload_; }
  std::int64_t bytes() const { return bytes_; }

 private:
  UploadId upload_;
  std::unique_ptr<files::Incoming> in_;
  std::int64_t bytes_ = 0;
};

}  // namespace

void add_attachment_routes(http::Router& router, Attachments& attachments) {
  auto& p = attachments.parts();
  add_file_routes(router, p);

  router.get<OfRecord, AttachmentList>("/api/attachments", {.permission = "attachment.read", .summary = "The attachments of a record, with what may still be added", .tag = "attachments"},
                                       [&p](const Actor& actor, const OfRecord& in) { return p.list(actor, {in.record_kind, in.record_id.value}); });
  router.get<OfRecord, OpenUploads>("/api/attachment-uploads", {.permission = "attachment.add", .summary = "One's own uploads to a record that are not complete", .tag = "attachments"}, [&p](const Actor& actor, const OfRecord& in) -> Result<OpenUploads> {
    MANDATE_ASSIGN(auto rows, p.open_uploads(actor, {in.record_kind, in.record_id.value}));
    return OpenUploads{std::move(rows)};
  });
  router.post<BeginUpload, UploadView>("/api/attachment-uploads", {.permission = "attachment.add", .summary = "Begin an upload that may come in pieces; kept for 24 hours", .tag = "attachments"},
                                       [&p](const Actor& actor, const BeginUpload& in) { return p.begin(actor, {in.record_kind, in.record_id.value}, in.name, in.size, in.head.value_or("")); });
  router.get<UploadById, UploadView>("/api/attachment-uploads/{id}", {.permission = "attachment.add", .summary = "How far an upload has come", .tag = "attachments"},
                                     [&p](const Actor& actor, const UploadById& in) { return p.upload(actor, in.id); });
  router.upload<PieceAt, PieceTaken>(
      "/api/attachment-uploads/{id}/content", {.permission = "attachment.add", .summary = "The file from an offset on; a part that is here already does no harm", .tag = "attachments", .body_max = body_bytes_max},
      [&p](const Actor& actor, const PieceAt& in) -> Result<std::unique_ptr<http::BodySink>> {
        MANDATE_ASSIGN(auto incoming, p.take(actor, in.id, in.offset));
        return std::unique_ptr<http::BodySink>(std::make_unique<Piece>(in.id, std::move(incoming)));
      },
      [&p](const Actor& actor, const PieceAt& in, http::BodySink& sink) -> Result<PieceTaken> {
        MANDATE_ASSIGN(const auto view, p.upload(actor, in.id));
        return PieceTaken{static_cast<Piece&>(sink).bytes(), view.size};
      });
  router.post<CompleteUpload, AttachmentView>("/api/attachment-uploads/{id}/completion", {.permission = "attachment.add", .summary = "Look at the whole file and attach it, or refuse it with the reason", .tag = "attachments", .once = http::Once::by_nature},
                                              [&p](const Actor& actor, const CompleteUpload& in) { return p.complete(actor, in.id, in.caption.value_or("")); });
  router.remove<UploadById, http::Nothing>("/api/attachment-uploads/{id}", {.permission = "attachment.add", .summary = "Give an upload up", .tag = "attachments", .once = http::Once::by_nature}, [&p](const Actor& actor, const UploadById& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.cancel(actor, in.id));
    return http::Nothing{};
  });
  router.upload<WholeFile, AttachmentView>(
      "/api/attachments", {.permission = "attachment.add", .summary = "Attach a file in one request", .tag = "attachments", .body_max = body_bytes_max},
      [&p](const Actor& actor, const WholeFile& in) -> Result<std::unique_ptr<http::BodySink>> {
        std::int64_t size = 0;
        http::read_int64(std::string(http::current_request().header("content-length")), size);
        MANDATE_ASSIGN(const auto begun, p.begin(actor, {in.record_kind, in.record_id.value}, in.name, size, ""));
        MANDATE_ASSIGN(auto incoming, p.take(actor, begun.id, 0));
        return std::unique_ptr<http::BodySink>(std::make_unique<Piece>(begun.id, std::move(incoming)));
      },
      [&p](const Actor& actor, const WholeFile& in, http::BodySink& sink) { return p.complete(actor, static_cast<Piece&>(sink).upload(), in.caption.value_or("")); });
  router.put<DescribeAttachment, AttachmentView>("/api/attachments/{id}", {.permission = "attachment.add", .summary = "Say what an attachment is, and where it stands in the list", .tag = "attachments"},
                                                 [&p](const Actor& actor, const DescribeAttachment& in) { return p.describe(actor, in.id, in.caption, in.place); });
  router.post<WithdrawAttachment, AttachmentView>("/api/attachments/{id}/withdrawal", {.permission = "attachment.add", .summary = "Withdraw an attachment with the reason; its file is kept", .tag = "attachments"},
                                                  [&p](const Actor& actor, const WithdrawAttachment& in) { return p.withdraw(actor, in.id, in.reason); });
}

}  // namespace mandate::attachments
