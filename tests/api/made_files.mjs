// Files made by the tests themselves, well-meant and hostile. Nothing is copied from anywhere.
import { deflateRawSync, deflateSync, crc32 as zlibCrc } from "node:zlib";

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; ++k) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
export function crc32(bytes) {
  if (zlibCrc) return zlibCrc(bytes);
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
const u16 = n => Buffer.from([n & 255, (n >> 8) & 255]);
const u32 = n => Buffer.concat([u16(n & 0xffff), u16(n >>> 16)]);
const b16 = n => Buffer.from([(n >> 8) & 255, n & 255]);
const b32 = n => Buffer.concat([b16(n >>> 16), b16(n & 0xffff)]);
const bytesOf = content => (typeof content === "string" ? Buffer.from(content) : content);

// ---- ZIP

/** entries: [name, content, { flags, stored, said }]; said: the size that the archive claims. */
export function zip(entries, { overlap = false } = {}) {
  const locals = [];
  const directory = [];
  let at = 0;
  let first;
  for (const [name, content, options = {}] of entries) {
    const raw = bytesOf(content);
    const packed = options.stored ? raw : deflateRawSync(raw, { level: 9 });
    const title = Buffer.isBuffer(name) ? name : Buffer.from(name);
    const flags = (options.flags ?? 0) | 0x0800;
    const facts = Buffer.concat([u16(20), u16(flags), u16(options.stored ? 0 : 8), u16(0), u16(0x21), u32(crc32(raw)), u32(packed.length), u32(options.said ?? raw.length), u16(title.length), u16(0)]);
    if (!overlap || first === undefined) {
      first = at;
      const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, title, packed]);
      locals.push(local);
      directory.push(Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), u16(20), facts, u16(0), u16(0), u16(0), u32(0), u32(at), title]));
      at += local.length;
    } else {
      directory.push(Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), u16(20), facts, u16(0), u16(0), u16(0), u32(0), u32(first), title]));
    }
  }
  const end = Buffer.concat(directory);
  return Buffer.concat([...locals, end, Buffer.from("PK\x05\x06", "latin1"), u16(0), u16(0), u16(entries.length), u16(entries.length), u32(end.length), u32(at), u16(0)]);
}
export const nestedZip = levels => (levels === 1 ? zip([["里.txt", "最裡面"]]) : zip([["inner.zip", nestedZip(levels - 1), { stored: true }]]));
/** A document of the office formats, as far as an inspector looks. */
export const docx = (more = []) => zip([["[Content_Types].xml", "<Types/>"], ["word/document.xml", "<w:document/>"], ...more]);
export const odt = (more = []) => zip([["mimetype", "application/vnd.oasis.opendocument.text", { stored: true }], ["content.xml", "<office:document-content/>"], ...more]);

/** The entries of a ZIP whose files are stored: { name: content }. */
export function unzipStored(bytes) {
  const out = {};
  let at = bytes.readUInt32LE(bytes.length - 6);
  const count = bytes.readUInt16LE(bytes.length - 12);
  for (let i = 0; i < count; ++i) {
    const size = bytes.readUInt32LE(at + 24);
    const length = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name}: wrong checksum`);
    out[name] = content;
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return out;
}

// ---- pictures

const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  return Buffer.concat([b32(data.length), body, b32(crc32(body))]);
};
/** A picture of one colour; `said`: the size that its head claims. */
export function png(width, height, { said = [width, height], text } = {}) {
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x5a)]);
  const parts = [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", Buffer.concat([b32(said[0]), b32(said[1]), Buffer.from([8, 2, 0, 0, 0])]))];
  if (text) parts.push(chunk("tEXt", Buffer.from(`Comment\0${text}`)));
  parts.push(chunk("IDAT", deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))), chunk("IEND", Buffer.alloc(0)));
  return Buffer.concat(parts);
}

// A baseline JPEG of 16 by 8 pixels, left half black, right half white, made of two 8×8 blocks with a table of our own.
function jpegScan() {
  const segment = (mark, data) => Buffer.concat([Buffer.from([0xff, mark]), b16(data.length + 2), data]);
  const quantum = segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 8)]));
  const frame = segment(0xc0, Buffer.concat([Buffer.from([8]), b16(8), b16(16), Buffer.from([1, 1, 0x11, 0])]));
  // DC codes: category 7 is "0", category 8 is "10". AC: end of block is "0".
  const dc = segment(0xc4, Buffer.concat([Buffer.from([0x00, 1, 1, ...Array(14).fill(0)]), Buffer.from([7, 8])]));
  const ac = segment(0xc4, Buffer.concat([Buffer.from([0x10, 1, ...Array(15).fill(0)]), Buffer.from([0])]));
  const scan = segment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0]));
  // The blocks' mean is DC × 8 / 8 + 128: -127 (category 7, "0" and 0000000) is black, then +254 (category 8, "10" and 11111110) is white.
  const bits = "0" + "0000000" + "0" + "10" + "11111110" + "0";
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  const data = [];
  for (let i = 0; i < padded.length; i += 8) data.push(parseInt(padded.slice(i, i + 8), 2));
  const stuffed = data.flatMap(byte => (byte === 0xff ? [0xff, 0] : [byte]));
  return Buffer.concat([quantum, frame, dc, ac, scan, Buffer.from(stuffed), Buffer.from([0xff, 0xd9])]);
}
/** With EXIF that holds an orientation and a place. */
export function jpeg({ orientation = 1, place } = {}) {
  const ifd = Buffer.concat([u16(2), u16(0x0112), u16(3), u32(1), u16(orientation), u16(0), u16(0x8825), u16(4), u32(1), u32(38), u32(0)]);
  const note = Buffer.from(place ?? "");
  const gps = Buffer.concat([u16(1), u16(1), u16(2), u32(note.length), u32(56), u32(0), note]);
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), Buffer.from("II*\0", "latin1"), u32(8), ifd, gps]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), b16(exif.length + 2), exif, jpegScan()]);
}
/** One red pixel. */
export const gif = () => Buffer.concat([Buffer.from("GIF89a"), u16(1), u16(1), Buffer.from([0x80, 0, 0, 255, 0, 0, 0, 0, 0, 0x2c]), u16(0), u16(0), u16(1), u16(1), Buffer.from([0, 2, 2, 0x44, 0x01, 0, 0x3b])]);
/** A head that claims a size, and no picture behind it. */
export const tiffHead = (width, height) => Buffer.concat([Buffer.from("II*\0", "latin1"), u32(8), u16(2), u16(256), u16(4), u32(1), u32(width), u16(257), u16(4), u32(1), u32(height), u32(0)]);

// ---- PDF

/** A PDF of empty pages with a line of text; `catalog` and `objects` are put in as they are. */
export function pdf({ pages = 1, catalog = "", objects = [], text = "Mandate" } = {}) {
  const stream = `BT /F1 24 Tf 40 140 Td (${text}) Tj ET`;
  const page = n => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>`;
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${Array.from({ length: pages }, (_, n) => `${5 + n} 0 R`).join(" ")}] /Count ${pages} >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...Array.from({ length: pages }, (_, n) => page(n)),
    ...objects,
  ];
  let out = "%PDF-1.7\n";
  const places = all.map((body, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table_at = out.length;
  out += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${places.map(at => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${table_at}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
}
/** The same action, hidden in an object stream: nobody finds its name in the bytes. */
export function pdfWithHiddenAction() {
  const inner = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
  const packed = deflateSync(Buffer.from(`6 0 ${inner}`));
  const head = ["<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>"];
  const parts = [Buffer.from("%PDF-1.7\n")];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const places = [];
  head.forEach((body, index) => {
    places.push(length());
    parts.push(Buffer.from(`${index + 1} 0 obj\n${body}\nendobj\n`));
  });
  places.push(length());
  parts.push(Buffer.from(`4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`), packed, Buffer.from("\nendstream\nendobj\n"));
  const table_at = length();
  const row = (kind, at, index) => Buffer.concat([Buffer.from([kind]), b32(at), Buffer.from([index])]);
  const rows = deflateSync(Buffer.concat([row(0, 0, 255), ...places.map(at => row(1, at, 0)), row(1, table_at, 0), row(2, 4, 0)]));
  parts.push(Buffer.from(`5 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length ${rows.length} >>\nstream\n`), rows, Buffer.from(`\nendstream\nendobj\nstartxref\n${table_at}\n%%EOF\n`));
  return Buffer.concat(parts);
}

// ---- hostile: [what, name, content, the refusal's key]

export const hostile = () => [
  ["a program named as a PDF", "會議紀錄.pdf", Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(600)]), "file.wrong_type"],
  ["a program under its own name", "setup.exe", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600)]), "file.type_not_taken"],
  ["a picture named as another kind of picture", "現場.jpg", png(4, 4), "file.wrong_type"],
  ["a document named as an archive", "公文.zip", docx(), "file.wrong_type"],
  ["an SVG with a script", "圖.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "file.type_not_taken"],
  ["an SVG with a script that calls itself a PNG", "圖.png", '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "file.markup"],
  ["a web page that calls itself a text", "說明.txt", "\ufeff  <!-- note -->\n<SCRIPT>alert(1)</SCRIPT>", "file.markup"],
  ["a web page that calls itself a table", "名單.csv", "<!DOCTYPE html><html><body>x</body></html>", "file.markup"],
  ["bytes that call themselves a text", "說明.txt", Buffer.from([0x68, 0x69, 0, 1, 2, 3, 0x0a]), "file.wrong_type"],
  ["a PDF behind something else", "報告.pdf", Buffer.concat([Buffer.from("GIF89a/*\n"), pdf()]), "file.polyglot"],
  ["a PDF with an archive behind it", "報告.pdf", Buffer.concat([pdf(), zip([["a.txt", "a"]])]), "file.polyglot"],
  ["a PDF with a web page behind it", "報告.pdf", Buffer.concat([pdf(), Buffer.from("<html><script>alert(1)</script></html>")]), "file.polyglot"],
  ["a picture with an archive behind it", "現場.png", Buffer.concat([png(4, 4), zip([["a.class", "x"]])]), "file.polyglot"],
  ["a GIF that is a program's archive too", "動畫.gif", Buffer.concat([gif(), zip([["META-INF/MANIFEST.MF", "Main-Class: A"]])]), "file.polyglot"],
  ["a photograph with a web page behind it", "現場.jpg", Buffer.concat([jpeg(), Buffer.from("<html><script>alert(1)</script></html>")]), "file.polyglot"],
  ["a picture with a PDF in its head", "現場.png", png(4, 4, { text: "%PDF-1.7 1 0 obj" }), "file.polyglot"],
  ["an archive behind something else", "資料.zip", Buffer.concat([Buffer.from("#!/bin/sh\nexit\n"), zip([["a.txt", "a"]])]), "file.polyglot"],
  ["a picture that claims to be giant", "地圖.png", png(4, 4, { said: [60_000, 60_000] }), "file.too_many_pixels"],
  ["a scan that claims to be giant", "地圖.tiff", tiffHead(40_000, 40_000), "file.too_many_pixels"],
  ["a picture that is cut off", "現場.png", png(40, 40).subarray(0, 60), "file.broken"],
  ["an archive that is a bomb by its ratio", "資料.zip", zip([["zeros.txt", Buffer.alloc(20 << 20)]]), "file.archive_bomb"],
  ["an archive that is a bomb by entries that share their bytes", "資料.zip", zip(Array.from({ length: 40 }, (_, n) => [`${n}.bin`, Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)), { stored: true }]), { overlap: true }), ["file.archive_bomb", "file.broken"]],
  ["an archive of too many entries", "資料.zip", zip(Array.from({ length: 10_001 }, (_, n) => [`${n}`, "", { stored: true }])), "file.archive_bomb"],
  ["an archive that lies about a size", "資料.zip", zip([["a.txt", "x".repeat(5000), { said: 10 }]]), "file.broken"],
  ["archives within archives, too deep", "資料.zip", nestedZip(4), "file.archive_levels"],
  ["an archive within that cannot be looked into", "資料.zip", zip([["內.7z", Buffer.from("7z\xbc\xaf\x27\x1c....", "latin1"), { stored: true }]]), "file.archive_inside"],
  ["a program in an archive", "資料.zip", zip([["tool.exe", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100, 7)])]]), "file.program_inside"],
  ["an archive that climbs out of its folder", "資料.zip", zip([["../../etc/passwd", "x"]]), "file.archive_names"],
  ["an archive with an absolute name", "資料.zip", zip([["/etc/passwd", "x"]]), "file.archive_names"],
  ["an archive with a back-slashed name", "資料.zip", zip([["a\\..\\b.txt", "x"]]), "file.archive_names"],
  ["an archive with a control character in a name", "資料.zip", zip([["a\u202egnp.exe", "x"]]), "file.archive_names"],
  ["an archive with one name twice", "資料.zip", zip([["a.txt", "1"], ["a.txt", "2"]]), ["file.archive_names", "file.broken"]],
  ["an archive with a password", "資料.zip", zip([["a.txt", "secret", { flags: 1 }]]), "file.encrypted"],
  ["a document with macros", "公文.docx", docx([["word/vbaProject.bin", "x"]]), "file.macros"],
  ["an open document with macros", "公文.odt", odt([["Basic/Standard/Module1.xml", "<script/>"]]), "file.macros"],
  ["a PDF with a script", "報告.pdf", pdf({ catalog: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" }), "file.pdf_active"],
  ["a PDF with a script whose name is spelt otherwise", "報告.pdf", pdf({ catalog: "/OpenAction << /S /Java#53cript /J#53 (app.alert\\(1\\)) >>" }), "file.pdf_active"],
  ["a PDF with a script in a packed object", "報告.pdf", pdfWithHiddenAction(), "file.pdf_active"],
  ["a PDF that launches a program", "報告.pdf", pdf({ catalog: "/OpenAction << /S /Launch /F (cmd.exe) >>" }), "file.pdf_active"],
  ["a PDF that carries a file", "報告.pdf", pdf({ catalog: "/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>", objects: ["<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>", "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"] }), "file.pdf_embedded"],
  ["a PDF of too many pages", "報告.pdf", pdf({ pages: 2001 }), "file.too_many_pages"],
  ["a PDF that is cut off", "報告.pdf", pdf().subarray(0, 200), ["file.broken", "file.polyglot"]],
];
