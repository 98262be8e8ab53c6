// The shapes of the server's answers, by the contract of the routes. `npm run gen` writes schema.ts from
// docs/openapi.json; the names here stay and point there.

export type Id = string;
/** YYYY-MM-DD in the city's own time zone. */
export type IsoDate = string;
/** RFC 3339, UTC. */
export type Instant = string;

export interface List<T> {
  rows: T[];
  next: string | null;
  total: number | null;
  total_is_capped: boolean;
}

export interface FieldFault {
  path: string;
  message: string;
  key: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  instance?: string | null;
  key?: string | null;
  fields?: FieldFault[] | null;
}

export type Language = "zh-TW" | "en";

export interface Grant {
  role: string;
  agency_id: Id | null;
  agency_name: string | null;
  unit_id: Id | null;
}

export interface Session {
  account: { id: Id; login_name: string; display_name: string; language: Language | null };
  grants: Grant[];
  permissions: string[];
  form_token: string;
  today: IsoDate;
  sample: boolean;
}

export interface SessionRow {
  id: Id;
  created_at: Instant;
  seen_at: Instant;
  expires_at: Instant;
  device: string;
  current: boolean;
}

export interface AccountRow {
  id: Id;
  login_name: string;
  display_name: string;
  state: "active" | "disabled" | "locked";
  grants: Grant[];
  last_sign_in_at: Instant | null;
}

export interface RoleRow {
  role: string;
  permissions: string[];
}

export interface ServiceToken {
  id: Id;
  name: string;
  permissions: string[] | string;
  created_at?: Instant;
  expires_at: Instant;
  revoked_at?: Instant | null;
  /** Present once, in the answer that made it. */
  token?: string;
}

export type Scope = "mine" | "unit" | "agency" | "city";
export type Lateness = "not_yet_due" | "on_time" | "at_risk" | "late" | "severe" | "done" | "done_late";
export type DutyState = "open" | "done" | "cancelled";
export type DutyAction = "done" | "reopen" | "reassign" | "ask_extension" | "decide_extension" | "cancel";

export interface DutyRow {
  id: Id;
  number: string;
  title: string;
  origin: string;
  agency_id: Id;
  agency_name: string;
  post_id: Id | null;
  post_name: string | null;
  holder_name: string | null;
  due_on: IsoDate;
  state: DutyState;
  lateness: Lateness;
  days_left: number | null;
  severity: string | null;
  confidentiality: string | null;
  recurrence: string | null;
  source: { kind: string; id: Id; title: string } | null;
}

export interface ChangeRow {
  position: string;
  at: Instant;
  actor_name: string | null;
  kind: string;
  record_kind: string;
  record_id: Id;
  record_title?: string | null;
  text: string;
}

export interface Extension {
  id: Id;
  asked_at: Instant;
  asked_by_name: string;
  asked_due_on: IsoDate;
  reason: string;
  state: "asked" | "approved" | "refused";
  decided_at: Instant | null;
  decided_by_name: string | null;
  decision_note: string | null;
}

export type Every = "year" | "half_year" | "quarter" | "two_months" | "month" | "week";

export interface Recurrence {
  every: Every;
  months: number[];
  day: number | "last" | null;
}

export interface Duty extends DutyRow {
  detail: string | null;
  created_at: Instant;
  created_by_name: string | null;
  evidence: { at: Instant; by_name: string; text: string }[];
  extensions: Extension[];
  history: ChangeRow[];
  actions: { action: DutyAction }[];
  calendar_version: string | null;
  first_due_on: IsoDate;
  series: (Recurrence & { next_due_on: IsoDate | null }) | null;
  siblings: DutyRow[];
}

export interface Home {
  today: IsoDate;
  needs_me: { count: number; rows: DutyRow[] };
  late: { count: number; rows: DutyRow[] };
  changes: ChangeRow[];
  counts: { open: number; due_this_week: number; late: number; severe: number; done_this_month: number };
  scope: Scope;
}

export interface DutyCalendar {
  days: { on: IsoDate; working: boolean; note: string | null; duties: DutyRow[]; more: number }[];
}

export interface StatisticsRow {
  key: string;
  label: string;
  open: number;
  late: number;
  severe: number;
  done: number;
  done_late: number;
  rate_basis_points: number | null;
}

export interface DutyStatistics {
  as_of: Instant;
  definition: { name: string; numerator: string; denominator: string; version: string };
  rows: StatisticsRow[];
  total: StatisticsRow;
}

export interface AgencyRow {
  id: Id;
  code: string;
  name: string;
  short_name: string;
  kind: string;
  parent_id: Id | null;
  valid_from: IsoDate;
  valid_to: IsoDate | null;
  self_governing: boolean;
}

export interface Post {
  id: Id;
  name: string;
  holder_name: string | null;
  deputy_name: string | null;
}

export interface Agency extends AgencyRow {
  units: { id: Id; name: string; posts: Post[] }[];
  contacts: { kind: string; name: string; phone: string | null; email: string | null }[];
  history: (ChangeRow | { valid_from: IsoDate; valid_to: IsoDate | null; name: string })[];
}

export interface ImportFault {
  line: number;
  column: string | number | null;
  message: string;
}

export interface AgencyImport {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  faults: ImportFault[];
}

export type DayKind = "workday" | "weekend" | "holiday" | "makeup" | "typhoon" | "half_day";

export interface OfficeDay {
  on: IsoDate;
  working: "full" | "half" | "none";
  kind: DayKind;
  note: string | null;
}

export interface OfficeCalendar {
  year: number;
  version: string | null;
  versions: { id: Id; recorded_at: Instant; source: string; note: string | null }[];
  days: OfficeDay[];
}

export interface CalendarImport {
  year: number;
  days: number;
  changed: number;
  due_dates_moved: number;
  faults: ImportFault[];
}

export type Clock = "working_day" | "calendar_day" | "hour" | "half_day";

export interface CalendarDue {
  due_on: IsoDate;
  due_at: Instant | null;
  version: string | null;
  skipped: { on: IsoDate; note: string | null }[];
}

export interface PolicyValue {
  value: string;
  valid_from: IsoDate;
  valid_to: IsoDate | null;
  source: string;
  changed_by_name: string | null;
  recorded_at: Instant;
}

export interface Policy extends PolicyValue {
  key: string;
  title: string;
  unit: string;
  explanation: string | null;
  history: PolicyValue[];
}

export interface AuditEvent {
  position: string;
  at: Instant;
  actor_name: string | null;
  kind: string;
  record_kind: string;
  record_id: Id;
  text: string;
}

export interface AuditStatus {
  size: number;
  root: string;
  checkpoint: { size: number; root: string; at: Instant; key_id: string } | null;
  verified_at: Instant | null;
  ok: boolean;
}

export interface JobList {
  rows: {
    id: Id;
    kind: string;
    state: "waiting" | "running" | "done" | "failed";
    run_at: Instant;
    attempts: number;
    last_error: string | null;
    progress: number | null;
  }[];
  schedules: { name: string; every: string; last_run_at: Instant | null; next_run_at: Instant | null }[];
}

export interface Coverage {
  sentences: number;
  obligation: number;
  none: number;
  undecided: number;
  waiting?: number;
  decided?: number;
}

export interface PlanRow {
  id: Id;
  year_roc: number;
  agency_name: string;
  title: string;
  imported_at: Instant;
  coverage: Coverage;
  duties: number;
  late: number;
  state: string;
}

export interface PlanDifference {
  change: "added" | "removed" | "changed";
  line: number;
  before: string | null;
  after: string | null;
}

export interface PlanImport {
  id: Id;
  plan_id: Id;
  year_roc: number;
  agency_name: string;
  file_name: string;
  state: "preview" | "accepted";
  same_as_before: boolean;
  difference: PlanDifference[];
  coverage: Coverage;
  work_plans: { title: string; items: { id: Id; title: string }[] }[];
}

export type Decision = "obligation" | "none" | "undecided";
export type Bound = "at_least" | "at_most" | "below" | "exactly";

export interface Amount {
  bound: Bound;
  value: number;
  unit: string;
}

/** Offsets count Unicode code points of the sentence's text. */
export interface Span {
  begin: number;
  end: number;
  part: string;
}

export interface ObligationInput {
  what: string;
  every: Every | null;
  months: number[];
  day: number | "last" | null;
  within: { count: number; unit: "day" | "working_day" | "month" } | null;
  amounts: Amount[];
  responsible: string[];
  agency_id: Id | null;
}

export interface Obligation extends ObligationInput {
  id: Id;
  spans: Span[];
  state: "proposed" | "accepted" | "dropped";
  agency_name: string | null;
  duty_ids: Id[];
  /** True when every part was read from the text without a guess. */
  sure?: boolean;
}

export interface Sentence {
  id: Id;
  line: number;
  part: "preface" | "strategy" | "work_plan";
  work_plan: string | null;
  item: string | null;
  item_id: Id | null;
  text: string;
  decision: Decision;
  columns: { name: string; text: string }[];
  obligations: Obligation[];
}

export interface PlanNode {
  kind: "goal" | "strategy" | "work_plan" | "item";
  id: Id;
  title: string;
  duties: number;
  done: number;
  late: number;
  severe: number;
  coverage_basis_points: number | null;
  children: PlanNode[];
}

export interface Plan extends PlanRow {
  tree: PlanNode[];
}

export interface Indicator {
  id: Id;
  name: string;
  unit: string;
  bound: Bound;
  target: number;
  actual: number | null;
  state: "filed" | "confirmed_zero" | "missing" | "not_yet_due";
}

export interface PlanItem {
  id: Id;
  title: string;
  work_plan: string | null;
  plan_id?: Id;
  sentences: Sentence[];
  obligations: Obligation[];
  indicators: Indicator[];
  duties: DutyRow[];
  history: ChangeRow[];
}

export interface PlanComparison {
  rows: {
    work_plan: string;
    item: string;
    change: "same" | "added" | "removed" | "changed";
    before: string[];
    after: string[];
    obligations_before: number;
    obligations_after: number;
  }[];
}
