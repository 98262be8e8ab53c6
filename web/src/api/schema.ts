// Written by `npm run gen` from docs/openapi.json; changes here are lost.

export interface Acceptance {
  accepted: number;
  duties: number;
}

export interface AccountList {
  rows: AccountRow[];
  next: string | null;
  total: number;
}

export interface AccountPerson {
  id: string;
  name: string;
  posts: string;
}

export interface AccountRow {
  id: string;
  login_name: string;
  display_name: string;
  state: string;
  grants: GrantView[];
  person: AccountPerson | null;
  last_sign_in_at: string | null;
  email: string | null;
  has_password: boolean;
  second_step: boolean;
  reset_asked_at: string | null;
}

export interface AccountView {
  id: string;
  login_name: string;
  display_name: string;
  language: string;
}

export interface AgencyContactView {
  key: string;
  kind: string;
  name: string;
  phone: string;
  email: string;
}

export interface AgencyDetail {
  id: string;
  code: string;
  name: string;
  short_name: string;
  aliases: string;
  kind: "city" | "first_level" | "second_level" | "district_office" | "partner";
  parent_id: string | null;
  parent_name: string | null;
  valid_from: string;
  valid_to: string | null;
  self_governing: boolean;
  units: AgencyUnitView[];
  contacts: AgencyContactView[];
  history: AgencyHistoryRow[];
}

export interface AgencyHistoryRow {
  name: string;
  short_name: string;
  kind: "city" | "first_level" | "second_level" | "district_office" | "partner";
  parent_name: string | null;
  self_governing: boolean;
  valid_from: string;
  valid_to: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface AgencyImportAnswer {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  fault_count: number;
  faults: AgencyImportFault[];
}

export interface AgencyImportFault {
  line: number;
  column: string;
  message: string;
}

export interface AgencyList {
  rows: AgencyListRow[];
}

export interface AgencyListRow {
  id: string;
  code: string;
  name: string;
  short_name: string;
  aliases: string;
  kind: "city" | "first_level" | "second_level" | "district_office" | "partner";
  parent_id: string | null;
  valid_from: string;
  valid_to: string | null;
  self_governing: boolean;
}

export interface AgencyPostDetail {
  id: string;
  name: string;
  kind: "head" | "deputy_head" | "chief_secretary" | "unit_head" | "liaison" | "officer";
  agency_id: string;
  unit_id: string | null;
  history: PlaceHistoryRow[];
  holders: HolderHistoryRow[];
}

export interface AgencyPostView {
  id: string;
  name: string;
  kind: "head" | "deputy_head" | "chief_secretary" | "unit_head" | "liaison" | "officer";
  valid_from: string;
  valid_to: string | null;
  holder_id: string | null;
  holder_name: string | null;
  holder_from: string | null;
  holder_to: string | null;
  deputy_name: string | null;
  deputy_to: string | null;
}

export interface AgencyRecordId {
  id: string;
}

export interface AgencyUnitDetail {
  id: string;
  name: string;
  agency_id: string;
  history: PlaceHistoryRow[];
}

export interface AgencyUnitView {
  id: string;
  name: string;
  valid_from: string | null;
  valid_to: string | null;
  posts: AgencyPostView[];
}

export interface AgendaEntry {
  id: string;
  origin: "rule" | "manual";
  source_key: string;
  record: PackRecord | null;
  agency_id: string | null;
  agency_name: string | null;
  confidentiality: "open" | "internal" | "confidential";
  title: string;
  reason: string;
  table: ShownTable | null;
  struck_reason: string | null;
  added_by_name: string | null;
}

export interface AgendaRun {
  key: string;
  version: number;
  title: string;
  about: string;
  as_of: string;
  known_at: string;
  run_at: string;
  run_by_name: string;
  finding: string | null;
  definitions: PackDefinition[];
  table: ShownTable | null;
  has_chart: boolean;
}

export interface AgendaSourceList {
  rows: AgendaSourceRow[];
}

export interface AgendaSourceRow {
  key: string;
  version: number;
  title: string;
  about: string;
}

export interface AmountView {
  bound: string;
  value: number;
  unit: string;
}

export interface AttachmentList {
  rows: AttachmentView[];
  may_add: boolean;
  files_count: number;
  files_max: number;
  bytes_count: number;
  bytes_max: number;
  file_bytes_max: number;
  extensions: string[];
}

export interface AttachmentView {
  id: string;
  name: string;
  type: string;
  size: number;
  hash: string;
  caption: string;
  place: number;
  added_at: string;
  added_by_name: string;
  width: number;
  height: number;
  pages: number;
  preview: "none" | "waiting" | "ready" | "failed";
  preview_pages: number;
  withdrawn_at: string | null;
  withdrawn_by_name: string | null;
  withdrawn_why: string | null;
  actions: string[];
}

export interface AuditStatus {
  size: number;
  checkpoint: CheckpointView | null;
  verification: VerificationRow | null;
}

export interface AuthenticatorMade {
  secret: string;
  uri: string;
  qr_size: number;
  qr_path: string;
  recovery_codes: string[];
}

export interface BaselineView {
  number: number;
  approval_number: string;
  reason: string;
  granted_days: number;
  starts_on: string;
  finishes_on: string;
  approved_at: string;
  approved_by_name: string;
  generated: boolean;
  curves: PlannedCurve[];
}

export interface BatchAgency {
  agency_id: string;
  agency_name: string;
  window_name: string;
  window_phone: string;
  duties: BatchDuty[];
}

export interface BatchDuty {
  id: string;
  number: string;
  title: string;
  due_on: string;
  days_late: number;
  chase_count: number;
  answer_kind: "reply" | "done" | "extension" | "closed" | null;
  answer: string | null;
}

export interface BatchList {
  rows: BatchRow[];
  next: string | null;
}

export interface BatchRefusal {
  duty_id: string;
  number: string;
  reason: string;
}

export interface BatchResult {
  batch_id: string | null;
  done: number;
  refused: BatchRefusal[];
  undo_until: string | null;
}

export interface BatchRow {
  id: string;
  number: string;
  channel: "notice" | "phone" | "mail" | "letter";
  made_at: string;
  made_by_name: string;
  note: string;
  reply_by: string | null;
  chase_count: number;
}

export interface BatchView {
  batch: BatchRow;
  agencies: BatchAgency[];
}

export interface CalendarDayAnswer {
  version: string;
  due_dates_moved: number;
}

export interface CalendarDayRow {
  on: string;
  working: "full" | "half" | "none";
  kind: "workday" | "weekend" | "holiday" | "makeup" | "typhoon" | "half_day";
  open_morning: boolean;
  open_afternoon: boolean;
  note: string;
}

export interface CalendarDayView {
  on: string;
  working: boolean;
  note: string;
  duties: DutyRow[];
  more: number;
}

export interface CalendarDueAnswer {
  due_on: string;
  due_at: string;
  version: string;
  skipped: CalendarSkippedDay[];
}

export interface CalendarImportAnswer {
  year: number;
  days: number;
  changed: number;
  kept: number;
  due_dates_moved: number;
  version: string;
  fault_count: number;
  faults: CalendarImportFault[];
}

export interface CalendarImportFault {
  line: number;
  column: string;
  message: string;
}

export interface CalendarSkippedDay {
  on: string;
  kind: "workday" | "weekend" | "holiday" | "makeup" | "typhoon" | "half_day";
  note: string;
}

export interface CalendarVersionRow {
  id: string;
  recorded_at: string;
  source: string;
  file_name: string;
  note: string;
  changed: number;
}

export interface CalendarView {
  days: CalendarDayView[];
}

export interface CalendarYearAnswer {
  year: number;
  version: string | null;
  years: number[];
  versions: CalendarVersionRow[];
  days: CalendarDayRow[];
}

export interface CandidateList {
  rows: DelegationPerson[];
}

export interface Cell {
  state: "filed" | "zero" | "missing" | "not_yet_due" | "suppressed";
  value: number | null;
  of: number | null;
  rate: number | null;
}

export interface ChangeList {
  rows: ChangeRow[];
  next: string | null;
}

export interface ChangeRow {
  position: number;
  at: string;
  actor_name: string;
  kind: string;
  record_kind: string;
  record_id: string;
  record_title: string;
  text: string;
}

export interface ChaseList {
  rows: ChaseRow[];
  next: string | null;
  as_of: string;
}

export interface ChaseRow {
  id: string;
  number: string;
  title: string;
  origin: string;
  agency_id: string;
  agency_name: string;
  due_on: string;
  days_late: number;
  severity: "normal" | "high" | "critical";
  confidentiality: "open" | "internal" | "confidential";
  chase_count: number;
  waiting_count: number;
  last_channel: "notice" | "phone" | "mail" | "letter" | null;
  last_on: string | null;
}

export interface ChaseView {
  id: string;
  channel: "notice" | "phone" | "mail" | "letter";
  due_on: string;
  rung: Rung;
  by_ladder: boolean;
  chased_at: string;
  chased_by_name: string;
  told_count: number;
  note: string;
  answered_at: string | null;
  answered_by_name: string | null;
  answer_kind: "reply" | "done" | "extension" | "closed" | null;
  answer: string | null;
  answer_days: number | null;
}

export interface ChasedNow {
  batch_id: string | null;
  chased: number;
  told: number;
  refused: RefusedChase[];
}

export interface ChasesOfDuty {
  rows: ChaseView[];
  may_answer: boolean;
}

export interface Checklist {
  rows: ChecklistItemView[];
  done_count: number;
  total_count: number;
  may_change: boolean;
}

export interface ChecklistItemView {
  id: string;
  text: string;
  added_at: string;
  added_by_name: string;
  done_at: string | null;
  done_by_name: string | null;
}

export interface CheckpointInput {
  id: string | null;
  name: string;
  weight_bp: number;
  planned_start: string | null;
  planned_finish: string;
  flag: "none" | "start" | "completion" | "acceptance" | null;
  control_point: boolean | null;
}

export interface CheckpointView {
  size: number;
  root: string;
  at: string;
  key_id: string;
}

export interface Choice {
  value: string;
  label: string;
}

export interface ColumnSource {
  column: string;
  from: number[];
  otherwise: string | null;
}

export interface ColumnView {
  name: string;
  text: string;
}

export interface CommentPage {
  rows: CommentRow[];
  next: string | null;
  may_add: boolean;
}

export interface CommentRow {
  id: string;
  at: string;
  by_name: string;
  text: string;
  mentions: Mentioned[];
  changed_at: string | null;
  withdrawn: boolean;
  mine: boolean;
  revision: number;
}

export interface Comparison {
  rows: ComparisonRow[];
}

export interface ComparisonRow {
  work_plan: string;
  item: string;
  change: string;
  before: string[];
  after: string[];
  obligations_before: ObligationView[];
  obligations_after: ObligationView[];
}

export interface ContactHistory {
  rows: ContactHistoryRow[];
}

export interface ContactHistoryRow {
  key: string;
  kind: string;
  name: string;
  phone: string;
  email: string;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface CoverageView {
  sentences: number;
  obligation: number;
  none: number;
  undecided: number;
  waiting: number;
}

export interface CreatedDuty {
  duty: DutyRow;
  duties_made: number;
}

export interface CurveInput {
  measure: string;
  first_period: string | null;
  planned: number[];
  starts_on: string | null;
  finishes_on: string | null;
}

export interface CycleList {
  rows: CycleView[];
}

export interface CycleView {
  id: string;
  kind: string;
  tier: string;
  period: string;
  label: string;
  opens_on: string;
  due_on: string;
  closes_on: string;
  phase: "planned" | "open" | "late" | "closed" | "locked";
  locked_at: string | null;
  owed: number;
  submitted: number;
  late: number;
  accepted: number;
  missing: number;
}

export interface DashboardList {
  rows: DashboardRow[];
}

export interface DashboardRow {
  id: string;
  name: string;
  by_name: string;
  shared: "me" | "agency" | "city";
  mine: boolean;
  at_home: boolean;
  tiles: number;
}

export interface DashboardView {
  id: string;
  name: string;
  by_name: string;
  shared: "me" | "agency" | "city";
  mine: boolean;
  at_home: boolean;
  revision: number;
  tiles: Tile[];
}

export interface DelegationList {
  rows: DelegationRow[];
  next: string | null;
  total: number;
}

export interface DelegationPerson {
  id: string;
  name: string;
  posts: string;
}

export interface DelegationRow {
  key: string;
  person: DelegationPerson;
  deputy: DelegationPerson;
  valid_from: string;
  valid_to: string | null;
  reason: "leave" | "trip" | "training" | "vacancy" | "other";
  confidential: boolean;
  state: "now" | "coming" | "over";
  set_by_name: string;
  set_at: string;
}

export interface DeputyList {
  person_name: string;
  rows: DeputyRow[];
}

export interface DeputyRow {
  deputy_id: string;
  deputy_name: string;
  valid_from: string;
  valid_to: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface DeviceList {
  rows: DeviceRow[];
}

export interface DeviceRow {
  id: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  device: string;
  current: boolean;
  name: string | null;
}

export interface DifferenceRow {
  change: string;
  line: number;
  before: string;
  after: string;
}

export interface DisagreementList {
  rows: DisagreementRow[];
  next: string | null;
}

export interface DisagreementRow {
  item_id: string;
  number: string;
  title: string;
  agency_id: string;
  agency_name: string;
  period: string;
  own: "on_track" | "at_risk" | "behind" | "severe" | null;
  reviewer: "on_track" | "at_risk" | "behind" | "severe" | null;
  computed: "on_track" | "at_risk" | "behind" | "severe";
}

export interface DistrictList {
  districts: DistrictView[];
}

export interface DistrictView {
  code: string;
  name: string;
}

export interface DutyActionInput {
  kind: "complete" | "reassign" | "cancel" | "ask_extension" | "set_severity" | "comment";
  text: string;
  agency_id: string | null;
  unit_id: string | null;
  post_id: string | null;
  days: number | null;
  severity: "normal" | "high" | "critical" | null;
}

export interface DutyList {
  rows: DutyRow[];
  next: string | null;
  total: number;
  total_is_capped: boolean;
  as_of: string;
  where_in_words: string | null;
}

export interface DutyOfDecision {
  id: string;
  number: string;
  state: "open" | "done" | "cancelled";
  lateness: "on_time" | "at_risk" | "late" | "severe" | "done" | "done_late" | "cancelled";
  days_left: number;
}

export interface DutyRow {
  id: string;
  number: string;
  title: string;
  origin: string;
  agency_id: string;
  agency_name: string;
  post_id: string | null;
  post_name: string | null;
  holder_name: string | null;
  due_on: string;
  state: "open" | "done" | "cancelled";
  lateness: "on_time" | "at_risk" | "late" | "severe" | "done" | "done_late" | "cancelled";
  days_left: number;
  severity: "normal" | "high" | "critical";
  confidentiality: "open" | "internal" | "confidential";
  recurring: boolean;
  source: SourceRef | null;
  district: string | null;
  goal_id: string | null;
}

export interface DutyView {
  duty: DutyRow;
  detail: string | null;
  first_due_on: string;
  nominal_due_on: string;
  calendar_version: number;
  created_at: string;
  created_by_name: string;
  revision: number;
  evidence: EvidenceView[];
  extensions: ExtensionView[];
  series: SeriesView | null;
  siblings: DutyRow[];
  history: ChangeRow[];
  actions: string[];
  standing_in_for: string | null;
}

export interface EffectGroup {
  key: string;
  name: string;
  chases: number;
  answered: number;
  answered_within: number;
  median_days: number | null;
  by_day: number[];
}

export interface EffectView {
  all: EffectGroup;
  rungs: EffectGroup[];
  agencies: EffectGroup[];
  within: number;
}

export interface EvidenceView {
  at: string;
  by_name: string;
  text: string;
}

export interface ExceptionList {
  rows: ExceptionView[];
}

export interface ExceptionView {
  id: string;
  kind: string;
  period: string;
  agency_id: string | null;
  item_id: string | null;
  agency_name: string;
  reason: string;
  expires_at: string;
  granted_at: string;
  granted_by_name: string;
  lasts: boolean;
}

export interface ExplainedDuty {
  number: string;
  id: string | null;
  title: string | null;
  agency_name: string | null;
  confidentiality: string | null;
}

export interface ExplainedGrant {
  role: string;
  agency_name: string;
  standing_in_for: string | null;
  has_permission: boolean;
  reaches: boolean | null;
  outside: string | null;
}

export interface ExplanationView {
  account_name: string;
  active: boolean;
  permission: string;
  grants: ExplainedGrant[];
  may: boolean;
  duty: ExplainedDuty | null;
  reaches: boolean | null;
  allowed: boolean;
}

export interface ExportableList {
  name: string;
  title: string;
  filters: string[];
  path: string;
  page: string;
}

export interface ExportableLists {
  rows: ExportableList[];
}

export interface ExtensionView {
  id: string;
  asked_at: string;
  asked_by_name: string;
  asked_due_on: string;
  reason: string;
  state: string;
  decided_at: string | null;
  decided_by_name: string | null;
  decision_note: string;
}

export interface FeedList {
  rows: FeedView[];
}

export interface FeedMade {
  feed: FeedView;
  path: string;
}

export interface FeedView {
  id: string;
  kind: string;
  record_id: string | null;
  name: string;
  alarm_days: number | null;
  created_at: string;
  last_used_at: string | null;
}

export interface FiledActual {
  measure: string;
  actual: number | null;
}

export interface FiledCheckpoint {
  id: string;
  actual_finish: string | null;
}

export interface FilingForm {
  item: TrackedRow;
  period: string;
  label: string;
  phase: "planned" | "open" | "late" | "closed" | "locked";
  opens_on: string;
  due_on: string;
  closes_on: string;
  state: "draft" | "submitted" | "returned" | "accepted" | null;
  level: number;
  reviewers: ("agency" | "controller")[];
  measures: FormMeasure[];
  checkpoints: TrackedCheckpoint[];
  narrative: string;
  before_period: string | null;
  before_narrative: string;
  similarity: number;
  looks_copied: boolean;
  lag_kind: "before_start" | "behind_plan" | "after_completion" | null;
  lag: LagView | null;
  before_lag: LagView | null;
  lag_categories: string[];
  lag_responsibilities: string[];
  own_rating: "on_track" | "at_risk" | "behind" | "severe" | null;
  reviewer_rating: "on_track" | "at_risk" | "behind" | "severe" | null;
  computed: "on_track" | "at_risk" | "behind" | "severe" | null;
  late_days: number | null;
  late_waived: string;
  note: string;
  faults: FormFault[];
  actions: string[];
  first_curves: PlannedCurve[];
  current_curves: PlannedCurve[];
  periods: PeriodView[];
  revision: number;
}

export interface FirstStage {
  series_id: string;
  series_name: string;
  agency_name: string;
  meeting_id: string | null;
  meeting_number: string | null;
  meeting_state: "planned" | "agenda_open" | "frozen" | "held" | "minutes_approved" | "cancelled" | null;
  approved_at: string | null;
  waived: string | null;
  waived_by_name: string | null;
}

export interface FlatMeasure {
  planned_first: number;
  planned_current: number;
  actual: number;
  lag_first: number;
  lag_current: number;
  months_first: string;
  months_current: string;
  severe: boolean;
  graded: boolean;
}

export interface ForecastView {
  method: string;
  method_title: string;
  finish: string;
  low: string | null;
  high: string | null;
  works: number;
  works_min: number;
  share_bp: number;
  coverage_bp: number | null;
}

export interface FormFault {
  path: string;
  message: string;
}

export interface FormMeasure {
  measure: string;
  asked: boolean;
  state: "filed" | "confirmed_zero" | "missing" | "not_yet_due";
  planned_first: number | null;
  planned_current: number | null;
  before: number | null;
  actual: number | null;
  lag_first: number | null;
  lag_current: number | null;
  months_first: number | null;
  months_current: number | null;
}

export interface FoundView {
  finding: "idle" | "never_used" | "many_agencies" | "conflict" | "left" | "elsewhere";
  text: string;
}

export interface Goal {
  id: string;
  year_roc: number;
  title: string;
  past: number;
}

export interface GoalList {
  goals: Goal[];
}

export interface GrantInput {
  role: string;
  agency_id: string | null;
  unit_id: string | null;
}

export interface GrantView {
  role: string;
  agency_id: string | null;
  agency_name: string;
  unit_id: string | null;
}

export interface HandoverItem {
  duty: DutyRow;
  extension_asked: boolean;
  note: string;
}

export interface HandoverList {
  rows: HandoverRow[];
  next: string | null;
}

export interface HandoverRow {
  id: string;
  agency_name: string;
  post_name: string;
  from_name: string;
  to_name: string | null;
  changes_on: string;
  state: "open" | "half" | "signed_off";
  signatures: SignatureView[];
}

export interface HandoverView {
  handover: HandoverRow;
  items: HandoverItem[];
  hidden: number;
  late: number;
  note: string;
  frozen_at: string | null;
  actions: string[];
}

export interface Health {
  state: "good" | "warning" | "bad";
  at: string;
  items: HealthItem[];
}

export interface HealthItem {
  key: string;
  name: string;
  state: "good" | "warning" | "bad";
  value: string;
  cure: string;
}

export interface HolderHistoryRow {
  person_id: string;
  person_name: string;
  valid_from: string;
  valid_to: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface Home {
  today: string;
  scope: "mine" | "unit" | "agency" | "city";
  needs_me: HomePart;
  late: HomePart;
  changes: ChangeRow[];
  counts: HomeCounts;
}

export interface HomeCounts {
  open: number;
  due_this_week: number;
  late: number;
  severe: number;
  done_this_month: number;
}

export interface HomeDashboard {
  dashboard: DashboardView | null;
}

export interface HomePart {
  count: number;
  count_is_capped: boolean;
  rows: DutyRow[];
}

export interface ImportColumnView {
  name: string;
  title: string;
  type: "line" | "text" | "date" | "period_end" | "integer" | "choice";
  required: boolean;
  hint: string;
  choices: string[];
}

export interface ImportKindList {
  kinds: ImportKindView[];
}

export interface ImportKindView {
  name: string;
  title: string;
  columns: ImportColumnView[];
}

export interface ImportOutcome {
  plan_id: string;
  year_roc: number;
  agency_name: string;
  file_name: string;
  same_as_before: boolean;
  difference: DifferenceRow[];
  coverage: CoverageView;
  obligation_count: number;
}

export interface ImportProgress {
  state: "uploaded" | "checking" | "checked" | "loading" | "done" | "undoing" | "undone" | "cancelled" | "failed";
  rows_total: number;
  rows_read: number;
  unchanged: number;
  mended: number;
  duplicate: number;
  refused: number;
  created: number;
  changed: number;
  same: number;
  kept: number;
  part: number;
}

export interface ImportRemark {
  row_number: number;
  column: string | null;
  message: string;
}

export interface ImportRemarkList {
  rows: ImportRemark[];
  next: number | null;
}

export interface ImportRunList {
  rows: ImportRunRow[];
  next: string | null;
}

export interface ImportRunRow {
  id: string;
  kind: string;
  file_name: string;
  size: number;
  format: string;
  created_at: string;
  by_name: string;
  dry: boolean;
  progress: ImportProgress;
}

export interface ImportRunView {
  run: ImportRunRow;
  encoding: string;
  sheet: string;
  header_row: number;
  titles: string[];
  sample: ImportSampleRow[];
  mapping: ColumnSource[];
  mapping_is_remembered: boolean;
  columns: ImportColumnView[];
  skip_bad: boolean;
  failure: string | null;
  file_kept: boolean;
  actions: string[];
}

export interface ImportSampleRow {
  number: number;
  cells: string[];
}

export interface IndicatorView {
  id: string;
  name: string;
  bound: string;
  target: number;
  unit: string;
  actual: number | null;
  state: "filed" | "confirmed_zero" | "missing" | "not_yet_due";
  met: boolean | null;
}

export interface ItemView {
  id: string;
  plan_id: string;
  kind: "goal" | "strategy" | "work_plan" | "item";
  year_roc: number;
  agency_name: string;
  title: string;
  parent_title: string;
  sentences: SentenceView[];
  indicators: IndicatorView[];
  standing: Standing;
  duties: DutyRow[];
  evidence: SourceEvidence[];
  history: ChangeRow[];
}

export interface JobAttempt {
  number: number;
  at: string;
  took_ms: number;
  error: string;
}

export interface JobDetail {
  job: JobView;
  tries: JobAttempt[];
}

export interface JobList {
  rows: JobView[];
  next: string | null;
  failed: number;
  waiting: number;
  schedules: ScheduleRow[];
}

export interface JobView {
  id: string;
  kind: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  run_at: string;
  attempts: number;
  last_error: string;
  done_count: number;
  total_count: number;
  actions: string[];
}

export interface KindInfo {
  name: string;
  title: string;
  page: string;
  measures: MeasureInfo[];
}

export interface KindList {
  rows: KindInfo[];
  point_bands: number[];
  month_bands: number[];
}

export interface LabelList {
  rows: LabelView[];
}

export interface LabelView {
  key: string;
  wordings: WordingView[];
}

export interface LadderList {
  rows: LadderView[];
}

export interface LadderSet {
  duties_to_chase: number;
  rows: LadderView[];
}

export interface LadderView {
  id: string;
  origin: string | null;
  severity: "normal" | "high" | "critical" | null;
  confidentiality: "open" | "internal" | "confidential" | null;
  valid_from: string;
  source: string;
  rungs: Rung[];
  recorded_at: string;
  recorded_by_name: string;
  superseded_at: string | null;
  in_force: boolean;
}

export interface LagInput {
  category: string;
  responsibility: string;
  cause: string;
  countermeasure: string;
  help: string;
  deadline_on: string | null;
}

export interface LagView {
  kind: "before_start" | "behind_plan" | "after_completion";
  category: string;
  responsibility: string;
  cause: string;
  countermeasure: string;
  help: string;
  deadline_on: string | null;
}

export interface LetterRow {
  label: string;
  value: string;
}

export interface LinkAnswer {
  kind: string;
  expires_at: string;
  mailed: boolean;
  path: string | null;
}

export interface LinkShown {
  kind: string;
  login_name: string;
  display_name: string;
  user_class: string;
  expires_at: string;
}

export interface LinkedRecord {
  kind: string;
  id: string;
  number: string;
  title: string;
  state: string;
}

export interface MacroList {
  rows: MacroRow[];
}

export interface MacroRow {
  id: string;
  name: string;
  by_name: string;
  shared: "me" | "agency" | "city";
  mine: boolean;
  action: DutyActionInput;
}

export interface MailList {
  rows: MailRow[];
  next: string | null;
}

export interface MailRow {
  id: string;
  kind: string;
  kind_name: string;
  to: string;
  address: string;
  state: "waiting" | "sending" | "sent" | "failed" | "cancelled";
  bounced: boolean;
  attempts: number;
  created_at: string;
  next_at: string | null;
  sent_at: string | null;
  error_key: string;
  error: string;
  cure: string;
  record_kind: string;
  record_id: string;
}

export interface MailStatus {
  waiting: number;
  failed: number;
  bounced: number;
  sent: number;
  counted_max: number;
  configured: boolean;
  bounces_configured: boolean;
  down_since: string | null;
  next_try_at: string | null;
  error: string;
  cure: string;
  last_sent_at: string | null;
  bounces_read_at: string | null;
  bounces_error: string;
}

export interface MailStepView {
  at: string;
  what: "sent" | "later" | "failed" | "interrupted" | "cancelled" | "bounced" | "delayed" | "mended" | "resent" | "given_up";
  text: string;
  by: string;
  reason: string;
}

export interface MailView {
  mail: MailRow;
  steps: MailStepView[];
  actions: string[];
}

export interface Mark {
  from: number;
  length: number;
}

export interface MeasureInfo {
  name: string;
  title: string;
  severe_bp: number | null;
  asked_from: "none" | "start" | "completion" | "acceptance";
}

export interface MeasureView {
  measure: string;
  period: string;
  planned_first: number;
  planned_current: number;
  actual: number;
  lag_first: number;
  lag_current: number;
  months_first: number;
  months_current: number;
  graded: boolean;
  severe: boolean;
  point_band: number;
  month_band: number;
}

export interface MeetingAgency {
  id: string;
  name: string;
}

export interface MeetingDecisionList {
  rows: MeetingDecisionView[];
  next: string | null;
}

export interface MeetingDecisionView {
  id: string;
  number: string;
  meeting_id: string;
  meeting_number: string;
  text: string;
  agency_id: string;
  agency_name: string;
  post_name: string | null;
  due_on: string;
  entry_id: string | null;
  duty: DutyOfDecision | null;
  confidentiality: "open" | "internal" | "confidential";
  state: "open" | "closed" | "withdrawn";
  reason: string | null;
  created_at: string;
  revision: number;
  actions: string[];
}

export interface MeetingList {
  rows: MeetingRow[];
  next: string | null;
}

export interface MeetingPost {
  id: string;
  name: string;
  agency_name: string;
  holder_name: string | null;
}

export interface MeetingRow {
  id: string;
  number: string;
  series_id: string;
  series_name: string;
  kind: "agency" | "review" | "committee" | "programme" | "visit";
  stage: number;
  agency_id: string;
  agency_name: string;
  confidentiality: "open" | "internal" | "confidential";
  period_from: string;
  period_to: string;
  planned_on: string;
  nominal_on: string;
  begins_at: string;
  place: string;
  state: "planned" | "agenda_open" | "frozen" | "held" | "minutes_approved" | "cancelled";
  reason: string | null;
  held_on: string | null;
  whole: boolean;
  revision: number;
}

export interface MeetingSeat {
  post_id: string | null;
  post_name: string | null;
  agency_id: string | null;
  agency_name: string | null;
  who: string;
  presence: "present" | "deputy" | "absent";
  deputy: string;
}

export interface MeetingSeriesList {
  rows: MeetingSeriesView[];
  next: string | null;
  may_create: boolean;
}

export interface MeetingSeriesName {
  id: string;
  name: string;
  agency_name: string;
}

export interface MeetingSeriesView {
  id: string;
  revision: number;
  kind: "agency" | "review" | "committee" | "programme" | "visit";
  name: string;
  agency_id: string;
  agency_name: string;
  confidentiality: "open" | "internal" | "confidential";
  frequency: "month" | "two_months" | "quarter" | "half_year" | "year" | "none";
  day: number;
  months_after: number;
  begins_at: string;
  place: string;
  chair: MeetingPost | null;
  attendants: MeetingPost[];
  stage: number;
  gates: MeetingSeriesName[];
  sources: AgendaSourceRow[];
  covers: MeetingAgency[];
  ended: boolean;
  next_period_from: string;
  next_period_to: string;
  next_on: string;
  actions: string[];
}

export interface MeetingView {
  meeting: MeetingRow;
  chair: MeetingPost | null;
  gates: FirstStage[];
  runs: AgendaRun[];
  entries: AgendaEntry[];
  followed: MeetingDecisionView[];
  packs: PackOfMeeting[];
  attendance: MeetingSeat[];
  attendance_kept: boolean;
  minutes: MinutesVersion[];
  decisions: MeetingDecisionView[];
  history: ChangeRow[];
  actions: string[];
  as_known_on: string | null;
}

export interface MentionableList {
  rows: Mentioned[];
}

export interface Mentioned {
  id: string;
  name: string;
}

export interface MinutesVersion {
  version: number;
  text: string;
  written_at: string;
  written_by_name: string;
  approved_at: string | null;
  approved_by_name: string | null;
}

export interface NamedDimension {
  name: string;
  label: string;
}

export interface NamedMeasure {
  name: string;
  label: string;
  is_rate: boolean;
  numerator: string;
  denominator: string;
  version: number;
  source: string;
}

export type Nothing = Record<string, never>;

export interface NoticeList {
  rows: NoticeRow[];
  next: number | null;
  unread: number;
  last_seq: number;
}

export interface NoticeRecord {
  id: string;
  number: string;
  title: string;
}

export interface NoticeRow {
  seq: number;
  at: string;
  kind: string;
  category: "chase" | "task" | "mention" | "change";
  text: string;
  record: NoticeRecord | null;
  place: string;
  hidden: boolean;
  instead_of: string | null;
  read: boolean;
}

export interface ObligationPlace {
  id: string;
  plan_id: string;
  node_id: string | null;
  title: string;
  sentence: string;
}

export interface ObligationView {
  id: string;
  what: string;
  every: "year" | "half_year" | "quarter" | "two_months" | "month" | "week" | null;
  months: number[];
  day: number | null;
  within: WithinView | null;
  amounts: AmountView[];
  responsible: string[];
  spans: SpanView[];
  state: "proposed" | "accepted" | "dropped";
  agency_id: string;
  agency_name: string;
  found_by: string;
  reason: string;
  standing: Standing;
}

export interface Offered {
  rows: OfferedDataset[];
}

export interface OfferedDataset {
  name: string;
  label: string;
  dimensions: OfferedDimension[];
  measures: NamedMeasure[];
  period: string;
  days: NamedDimension[];
  ready: boolean;
  percent: number;
  facts: number;
}

export interface OfferedDimension {
  name: string;
  label: string;
  is_period: boolean;
  choices: Choice[];
}

export interface OpenUploads {
  rows: UploadView[];
}

export interface OpenedView {
  address: string;
  subject: string;
  paragraphs: string[];
  rows: LetterRow[];
}

export interface Overview {
  as_of: string;
  term_starts_on: string;
  week_starts_on: string;
  severe_a_week_ago: number;
  totals: StatisticAnswer;
  agencies: StatisticAnswer;
  goals: StatisticAnswer;
  districts: StatisticAnswer;
  trend: StatisticAnswer;
  week: WeekFigure[];
}

export interface OwedPlace {
  item_id: string;
  period: string;
}

export interface OwnAccount {
  login_name: string;
  display_name: string;
  email: string | null;
  password_set_at: string | null;
  second_step_since: string | null;
  recovery_codes_left: number;
  user_class: string;
  second_step_required: boolean;
}

export interface OwnDelegations {
  person: DelegationPerson | null;
  for_me: DelegationRow[];
  by_me: DelegationRow[];
}

export interface PackColumn {
  title: string;
  type: "text" | "long_text" | "integer" | "percent" | "date" | "instant";
}

export interface PackDefinition {
  name: string;
  text: string;
}

export interface PackOfMeeting {
  part: "main" | "closed";
  sha256: string;
  size: number;
  as_of: string;
  known_at: string;
  frozen_at: string;
  frozen_by_name: string;
}

export interface PackRecord {
  kind: string;
  id: string;
}

export interface PartView {
  id: string;
  agency_id: string;
  agency_name: string;
  title: string;
  due_on: string | null;
  state: "to_do" | "close_requested" | "closed";
  report: string;
  answer: string;
  revision: number;
  actions: string[];
}

export interface PasswordRulesList {
  classes: PasswordRulesView[];
}

export interface PasswordRulesView {
  user_class: string;
  length_min: number;
  length_max: number;
  history: number;
  age_max_days: number;
  age_min_days: number;
  mixed: boolean;
  second_step: boolean;
}

export interface PeopleList {
  rows: PersonRow[];
  next: string | null;
  total: number;
}

export interface PeriodValue {
  measure: string;
  state: "filed" | "confirmed_zero" | "missing" | "not_yet_due";
  actual: number | null;
  lag_first: number | null;
  lag_current: number | null;
  months_first: number | null;
  months_current: number | null;
}

export interface PeriodView {
  period: string;
  label: string;
  due_on: string;
  filing: "draft" | "submitted" | "returned" | "accepted" | null;
  values: PeriodValue[];
  late_days: number;
  late_waived: boolean;
  lag_kind: "before_start" | "behind_plan" | "after_completion" | null;
  own_rating: "on_track" | "at_risk" | "behind" | "severe" | null;
  reviewer_rating: "on_track" | "at_risk" | "behind" | "severe" | null;
  computed: "on_track" | "at_risk" | "behind" | "severe" | null;
  narrative: string;
}

export interface PersonRow {
  id: string;
  name: string;
  posts: string[];
  has_account: boolean;
}

export interface PieceTaken {
  bytes: number;
  size: number;
}

export interface PlaceHistoryRow {
  name: string;
  kind: "head" | "deputy_head" | "chief_secretary" | "unit_head" | "liaison" | "officer" | null;
  agency_name: string;
  unit_name: string | null;
  valid_from: string;
  valid_to: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface PlaceHit {
  kind: string;
  id: string;
  address: string;
  name: string;
  name_marks: Mark[];
  note: string;
  note_marks: Mark[];
}

export interface PlanList {
  rows: PlanRow[];
}

export interface PlanRow {
  id: string;
  year_roc: number;
  agency_name: string;
  title: string;
  file_name: string;
  imported_at: string;
  coverage: CoverageView;
  standing: Standing;
}

export interface PlanView {
  plan: PlanRow;
  as_of: string;
  difference: DifferenceRow[];
  tree: TreeNode[];
}

export interface PlannedCurve {
  measure: string;
  first_period: string;
  planned: number[];
  generated: boolean;
}

export interface PolicyEffectView {
  text: string;
  count: number;
}

export interface PolicyHistory {
  rows: PolicyHistoryRow[];
}

export interface PolicyHistoryRow {
  value: string;
  valid_from: string;
  valid_to: string | null;
  source: string;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface PolicyList {
  rows: PolicyListRow[];
}

export interface PolicyListRow {
  key: string;
  kind: "integer" | "percent" | "text" | "list" | "time" | "choice";
  title: string;
  value: string;
  unit: string;
  valid_from: string;
  valid_to: string | null;
  source: string;
  changed_by_name: string;
  recorded_at: string;
  explanation: string;
  least: string | null;
  most: string | null;
  choices: string[];
  history: PolicyHistoryRow[];
}

export interface PolicyPreviewView {
  summary: string;
  before: string;
  after: string;
  moved: number;
  effects: PolicyEffectView[];
}

export interface PreferencesAnswer {
  preferences: PreferencesView;
  next_mail_at: string[];
}

export interface PreferencesView {
  chase: "single" | "daily" | "weekly" | "none";
  task: "single" | "daily" | "weekly" | "none";
  mention: "single" | "daily" | "weekly" | "none";
  change: "single" | "daily" | "weekly" | "none";
  quiet_from: string;
  quiet_to: string;
  office_days: boolean;
  digest_at: string;
  weekly_on: number;
}

export interface Present {
  names: string[];
}

export interface RecordLinkList {
  rows: RecordLinkView[];
  may_change: boolean;
}

export interface RecordLinkView {
  id: string;
  relation: "relates" | "blocks" | "duplicates" | "follows";
  inverse: boolean;
  other: LinkedRecord;
  added_at: string;
  added_by_name: string;
}

export interface RecordTimeline {
  rows: ChangeRow[];
  next: string | null;
}

export interface RecoveryCodes {
  recovery_codes: string[];
}

export interface RecurrenceInput {
  every: "year" | "half_year" | "quarter" | "two_months" | "month" | "week";
  months: number[];
  day: number | null;
}

export interface RefusedChase {
  duty_id: string;
  number: string;
  reason: string;
}

export interface ReleaseView {
  reason: "completed" | "merged" | "replaced" | "given_up" | "other";
  evidence: string;
  approved_at: string;
  approved_by_name: string;
  planned_first: string;
  planned_current: string;
  finished_on: string;
  days_first: number;
  days_current: number;
  baselines: number;
  granted_days: number;
  actual: number | null;
  late_filings: number;
  severe_periods: number;
}

export interface ReportCells {
  cells: string[];
}

export interface ReportColumn {
  title: string;
  type: "text" | "long_text" | "integer" | "percent" | "date" | "instant";
}

export interface ReportComparison {
  file_intact: boolean;
  same_as_issued: boolean;
  known_at: string;
  equal: boolean;
  difference_count: number;
  differences: ReportDifference[];
  too_long: boolean;
}

export interface ReportDifference {
  row: string;
  column: string;
  before: string;
  after: string;
}

export interface ReportFact {
  label: string;
  value: string;
}

export interface ReportIssue {
  id: string;
  report: string;
  title: string;
  format: "csv" | "ods" | "xlsx" | "html" | "odt";
  as_of: string;
  known_at: string;
  file_name: string;
  size: number;
  sha256: string;
  row_count: number;
  issued_at: string;
  issued_by_name: string;
  scheduled: boolean;
}

export interface ReportIssues {
  rows: ReportIssue[];
  next: string | null;
}

export interface ReportParameterView {
  name: string;
  title: string;
  kind: "plain" | "words" | "date" | "agency";
}

export interface ReportReader {
  account_id: string;
  name: string;
}

export interface ReportReaders {
  rows: ReportReader[];
}

export interface ReportRow {
  name: string;
  title: string;
  about: string;
  parameters: ReportParameterView[];
}

export interface ReportRows {
  rows: ReportRow[];
}

export interface ReportRun {
  period: string;
  at: string;
  reader_name: string;
  outcome: "queued" | "no_address" | "no_permission" | "failed";
  issue_id: string | null;
}

export interface ReportRuns {
  rows: ReportRun[];
}

export interface ReportSchedule {
  id: string;
  report: string;
  title: string;
  filter: string;
  format: "csv" | "ods" | "xlsx" | "html" | "odt";
  rhythm: "weekly" | "monthly";
  day: number;
  about: "day" | "month_before";
  state: "active" | "paused" | "stopped";
  reason: string;
  next_on: string;
  owner_name: string;
  readers: ReportReader[];
  revision: number;
  actions: string[];
}

export interface ReportSchedules {
  rows: ReportSchedule[];
  next: string | null;
}

export interface ReportView {
  name: string;
  title: string;
  about: string;
  as_of: string;
  known_at: string;
  facts: ReportFact[];
  columns: ReportColumn[];
  rows: ReportCells[];
  more: boolean;
  has_chart: boolean;
  chart_description: string;
}

export interface RequestView {
  id: string;
  kind: "data" | "schedule" | "cancel";
  state: "asked" | "approved" | "refused";
  reason: string;
  late: boolean;
  asked_at: string;
  asked_by_name: string;
  decided_at: string | null;
  decided_by_name: string;
  comment: string;
  approval_number: string;
  granted_days: number;
}

export interface ResentCount {
  count: number;
}

export interface ReviewItemRow {
  account_id: string;
  login_name: string;
  display_name: string;
  state: string;
  grants: GrantView[];
  posts: string;
  last_sign_in_at: string | null;
  reasons: FoundView[];
  decision: string | null;
  role_taken: string;
  keep_until: string | null;
  note: string;
  decided_at: string | null;
  decided_by_name: string | null;
}

export interface ReviewItems {
  review: ReviewRow;
  rows: ReviewItemRow[];
  next: string | null;
}

export interface ReviewList {
  rows: ReviewRow[];
  next: string | null;
  found_now: number;
}

export interface ReviewRow {
  id: string;
  started_at: string;
  started_by_name: string;
  closed_at: string | null;
  closed_by_name: string | null;
  note: string;
  items: number;
  undecided: number;
}

export interface RoleList {
  roles: RoleRow[];
  permissions: string[];
}

export interface RoleOfAccount {
  role: string;
  agency_id: string | null;
  unit_id: string | null;
}

export interface RoleRow {
  role: string;
  permissions: string[];
}

export interface RollUp {
  actual: number | null;
  coverage: number;
  reported: number;
  children: number;
  oldest_on: string | null;
  periods_old: number;
}

export interface RuleScore {
  rule: string;
  score: WarningScore;
}

export interface Rung {
  offset_days: number;
  day_kind: "working_day" | "calendar_day";
  audience: "owner" | "unit_head" | "liaison" | "agency_head" | "rdec";
  repeat_days: number;
}

export interface SavedView {
  id: string;
  name: string;
  by_name: string;
  shared: "me" | "agency" | "city";
  mine: boolean;
  query: string;
}

export interface ScheduleRow {
  name: string;
  every_seconds: number;
  next_run_at: string;
  last_run_at: string | null;
  last_took_ms: number | null;
  last_error: string | null;
}

export interface SearchHit {
  kind: string;
  id: string;
  address: string;
  number: string;
  number_marks: Mark[];
  title: string;
  title_marks: Mark[];
  excerpt: string;
  excerpt_marks: Mark[];
  agency_id: string;
  agency_name: string;
  by_agency: boolean;
  by_holder: boolean;
  origin: string;
  state: string;
  on: string | null;
}

export interface SearchResult {
  rows: SearchHit[];
  next: string | null;
  total: number | null;
  total_is_capped: boolean;
  places: PlaceHit[];
  places_total: number;
  index_incomplete: boolean;
}

export interface SeatOfMeeting {
  post_id: string | null;
  agency_id: string | null;
  who: string | null;
  presence: "present" | "deputy" | "absent";
  deputy: string | null;
}

export interface SentenceList {
  rows: SentenceView[];
  next: string | null;
  total: number;
}

export interface SentenceView {
  id: string;
  line: number;
  part: "preface" | "strategy" | "work_plan";
  work_plan: string;
  item: string;
  node_id: string | null;
  text: string;
  decision: "obligation" | "none" | "undecided";
  decided: boolean;
  columns: ColumnView[];
  obligations: ObligationView[];
}

export interface SeriesView {
  id: string;
  every: "year" | "half_year" | "quarter" | "two_months" | "month" | "week";
  months: number[];
  day: number;
}

export interface SessionView {
  account: AccountView;
  grants: GrantView[];
  permissions: string[];
  form_token: string;
  today: string;
  sample: boolean;
  must: string[];
  second_step_due_on: string | null;
  stands_in_for: string[];
}

export interface SessionsEnded {
  ended: number;
}

export interface SheetText {
  csv: string;
}

export interface ShownTable {
  columns: PackColumn[];
  rows: string[][];
  rows_left_out: number;
}

export interface SignatureView {
  part: "leaving" | "coming" | "supervisor";
  by_name: string;
  at: string;
}

export interface SourceEvidence {
  at: string;
  by_name: string;
  duty_id: string;
  duty_number: string;
  text: string;
}

export interface SourceRef {
  kind: string;
  id: string;
}

export interface SpanView {
  begin: number;
  end: number;
  part: string;
}

export interface Standing {
  total: number;
  open: number;
  done: number;
  done_late: number;
  late: number;
  severe: number;
  cancelled: number;
}

export interface StatisticAnswer {
  dataset: string;
  title: string;
  as_of: string;
  as_known_on: string | null;
  dimensions: NamedDimension[];
  measures: NamedMeasure[];
  rows: StatisticRow[];
  total: StatisticRow;
  filter: string;
  list: string;
  suppressed_below: number;
}

export interface StatisticRow {
  keys: Choice[];
  cells: Cell[];
  before: Cell[];
  drill: (string | null)[];
}

export interface Storage {
  measured_on: string | null;
  bytes: number;
  disk_free: number;
  disk_total: number;
  parts: StorageRow[];
  tables: StorageRow[];
  growth: StorageDay[];
  bytes_a_day: number | null;
}

export interface StorageDay {
  day: string;
  bytes: number;
}

export interface StorageRow {
  name: string;
  bytes: number;
  rows: number;
}

export interface TenderFields {
  status_code: number;
  works_kind: "road" | "bridge" | "building" | "drainage" | "park" | "utility" | "other";
  summary: string;
  place: string;
  latitude: number | null;
  longitude: number | null;
  budget: number;
  award_price: number | null;
  contract_price: number | null;
  central_share: number;
  awarded_on: string | null;
  contract_start_on: string | null;
  contract_finish_on: string | null;
  contract_finish_changed_on: string | null;
  contractor: string;
  designer: string;
  supervisor: string;
  public_number: string;
}

export interface TenderView {
  id: string;
  number: string;
  title: string;
  state: "filing" | "set_up_review" | "set_up_returned" | "executing" | "closing_review" | "closing_returned" | "closed" | "cancelled";
  fields: TenderFields;
  actions: string[];
  revision: number;
}

export interface TierList {
  rows: TierView[];
}

export interface TierView {
  kind: string;
  code: string;
  name_zh: string;
  name_en: string;
  every: "month" | "quarter" | "year";
  reviewers: ("agency" | "controller")[];
  meeting: string;
  valid_from: string;
  source: string;
  in_force: boolean;
  recorded_at: string;
}

export interface Tile {
  title: string;
  query: string;
  show: "table" | "bars" | "lines" | "stacked" | "number";
}

export interface TokenList {
  rows: TokenView[];
}

export interface TokenMade {
  id: string;
  name: string;
  token: string;
}

export interface TokenView {
  id: string;
  name: string;
  permissions: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
}

export interface TrackedCheckpoint {
  id: string;
  name: string;
  weight_bp: number;
  planned_start: string | null;
  planned_finish: string;
  actual_finish: string | null;
  flag: "none" | "start" | "completion" | "acceptance";
  control_point: boolean;
  overdue: boolean;
}

export interface TrackedList {
  rows: TrackedRow[];
  next: string | null;
  total: number;
  total_is_capped: boolean;
  as_of: string;
}

export interface TrackedRow {
  id: string;
  kind: string;
  number: string;
  title: string;
  page: string;
  agency_id: string;
  agency_name: string;
  district: string;
  tier: string;
  state: "filing" | "set_up_review" | "set_up_returned" | "executing" | "closing_review" | "closing_returned" | "closed" | "cancelled";
  confidentiality: "open" | "internal" | "confidential";
  baseline_number: number;
  period: string | null;
  period_label: string | null;
  measures: MeasureView[];
  lag_kind: "before_start" | "behind_plan" | "after_completion" | null;
  lag_run: number;
  computed: "on_track" | "at_risk" | "behind" | "severe" | null;
  principal: FlatMeasure | null;
  second: FlatMeasure | null;
}

export interface TrackedView {
  item: TrackedRow;
  unit_id: string | null;
  post_id: string | null;
  parent_id: string | null;
  post_name: string;
  weight_bp: number;
  every: "month" | "quarter" | "year";
  tier_name: string;
  meeting: string;
  reviewers: ("agency" | "controller")[];
  checkpoints: TrackedCheckpoint[];
  parts: PartView[];
  baselines: BaselineView[];
  draft: PlannedCurve[];
  periods: PeriodView[];
  roll_up: RollUp | null;
  children: TrackedRow[];
  forecast: ForecastView | null;
  warnings: WarningView[];
  release: ReleaseView | null;
  requests: RequestView[];
  actions: string[];
  history: ChangeRow[];
  revision: number;
  as_of: string;
}

export interface TreeNode {
  kind: "goal" | "strategy" | "work_plan" | "item";
  id: string;
  title: string;
  sentences: number;
  decided: number;
  coverage: number | null;
  obligations: number;
  standing: Standing;
  children: TreeNode[];
}

export interface UnreadCount {
  unread: number;
}

export interface UploadView {
  id: string;
  name: string;
  size: number;
  head: string;
  bytes: number;
  piece_bytes: number;
  expires_at: string;
}

export interface VerificationRow {
  at: string;
  size: number;
  good: boolean;
  report: string;
}

export interface ViewList {
  rows: SavedView[];
}

export interface WarningQuality {
  rows: RuleScore[];
  window: number;
  items: number;
}

export interface WarningScore {
  warnings: number;
  hits: number;
  false_alarms: number;
  pending: number;
  severe: number;
  missed: number;
  lead_sum: number;
}

export interface WarningView {
  rule: "worsening" | "checkpoint" | "heading" | "steep";
  measure: string;
  detail: number;
}

export interface WatchView {
  state: "watching" | "muted" | "none";
  watchers: number;
}

export interface WatchedList {
  rows: WatchedRow[];
}

export interface WatchedRow {
  record_kind: string;
  record_id: string;
  number: string;
  title: string;
  place: string;
  since: string;
}

export interface WeekFigure {
  name: string;
  count: number | null;
  where: string;
  meaning: string;
}

export interface WithinView {
  count: number;
  unit: string;
}

export interface WordingHistory {
  wording: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

export interface WordingView {
  language: string;
  wording: string | null;
  history: WordingHistory[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  key: string;
  fields: ({ path: string | null; key: string | null; message: string | null; })[];
}
