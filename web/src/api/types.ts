// The names the console uses for the shapes of the server's answers. The shapes themselves are generated: schema.ts.
import type * as schema from "./schema";

export type Id = string;
export type Language = "zh-TW" | "en";

export interface List<T> {
  rows: T[];
  next: string | null;
  total?: number | null;
  total_is_capped?: boolean;
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

export type Overview = schema.Overview;
export type StatisticAnswer = schema.StatisticAnswer;
export type StatisticRow = schema.StatisticRow;
export type StatisticCell = schema.Cell;
export type OfferedDataset = schema.OfferedDataset;
export type Dashboard = schema.DashboardView;
export type DashboardRow = schema.DashboardRow;
export type DashboardTile = schema.Tile;
export type Session = schema.SessionView;
export type OwnAccount = schema.OwnAccount;
export type AccountReview = schema.ReviewRow;
export type AccountReviewItem = schema.ReviewItemRow;
export type Explanation = schema.ExplanationView;
export type Handover = schema.HandoverView;
export type HandoverRow = schema.HandoverRow;
export type HandoverItem = schema.HandoverItem;
export type Delegation = schema.DelegationRow;
export type DelegationPerson = schema.DelegationPerson;
export type OwnDelegations = schema.OwnDelegations;
export type PasswordRules = schema.PasswordRulesView;
export type NewAuthenticator = schema.AuthenticatorMade;
export type AccountLink = schema.LinkAnswer;
export type LinkShown = schema.LinkShown;
export type SessionRow = schema.DeviceRow;
export type Grant = schema.GrantView;
export type AccountRow = schema.AccountRow;
export type RoleRow = schema.RoleRow;
export type ReportRow = schema.ReportRow;
export type ReportView = schema.ReportView;
export type ReportIssue = schema.ReportIssue;
export type ReportComparison = schema.ReportComparison;
export type ReportSchedule = schema.ReportSchedule;
export type ReportRun = schema.ReportRun;
export type ReportReader = schema.ReportReader;
export type ServiceToken = schema.TokenView;
export type NewServiceToken = schema.TokenMade;

export type SearchResult = schema.SearchResult;
export type DutyRow = schema.DutyRow;
export type Duty = schema.DutyView;
export type DutyState = DutyRow["state"];
export type Lateness = DutyRow["lateness"];
export type Extension = schema.ExtensionView;
export type ChangeRow = schema.ChangeRow;
export type Home = schema.Home;
export type Scope = Home["scope"];
export type DutyCalendar = schema.CalendarView;
/** What the server may offer to do with a duty; a name unknown to this build is not drawn. */
export type DutyAction = "done" | "reopen" | "reassign" | "ask_extension" | "decide_extension" | "cancel";
export type Every = schema.RecurrenceInput["every"];
/** 0 stands for the last day of the period. */
export type DayOfPeriod = number;

export type AgencyRow = schema.AgencyListRow;
export type Agency = schema.AgencyDetail;
export type AgencyUnit = schema.AgencyUnitView;
export type AgencyPost = schema.AgencyPostView;
export type AgencyContact = schema.AgencyContactView;
export type PostKind = AgencyPost["kind"];
export type UnitRecord = schema.AgencyUnitDetail;
export type PostRecord = schema.AgencyPostDetail;
export type Deputies = schema.DeputyList;
export type ContactHistory = schema.ContactHistory;
export type Person = schema.PersonRow;
export type AgencyImport = schema.AgencyImportAnswer;
export type ImportFault = schema.AgencyImportFault;
export type OfficeCalendar = schema.CalendarYearAnswer;
export type OfficeDay = schema.CalendarDayRow;
export type DayKind = OfficeDay["kind"];
export type CalendarImport = schema.CalendarImportAnswer;
export type CalendarDue = schema.CalendarDueAnswer;
export type Clock = "working_day" | "calendar_day" | "hour" | "half_day";
export type Policy = schema.PolicyListRow;
export type PolicyPreview = schema.PolicyPreviewView;
export type PolicyValue = schema.PolicyHistoryRow;

export type Attachment = schema.AttachmentView;
export type AttachmentList = schema.AttachmentList;
export type Upload = schema.UploadView;
export type LinkList = schema.RecordLinkList;
export type LinkRow = schema.RecordLinkView;
export type Checklist = schema.Checklist;
export type ChecklistItem = schema.ChecklistItemView;
export type CommentPage = schema.CommentPage;
export type CommentRow = schema.CommentRow;
export type Mentioned = schema.Mentioned;
export type DutyBatch = schema.BatchResult;
export type Macro = schema.MacroRow;
export type MacroAction = schema.DutyActionInput;
export type SavedView = schema.SavedView;
export type NoticeList = schema.NoticeList;
export type NoticeRow = schema.NoticeRow;
export type NoticeCategory = NoticeRow["category"];
export type NoticePreferences = schema.PreferencesView;
export type NoticePreferencesAnswer = schema.PreferencesAnswer;
export type MailMode = NoticePreferences["chase"];
export type WatchView = schema.WatchView;
export type WatchedList = schema.WatchedList;
export type ChaseList = schema.ChaseList;
export type ChaseRow = schema.ChaseRow;
export type ChasesOfDuty = schema.ChasesOfDuty;
export type Chase = schema.ChaseView;
export type ChasedNow = schema.ChasedNow;
export type ChaseRound = schema.BatchView;
export type ChaseRoundRow = schema.BatchRow;
export type ChaseEffect = schema.EffectView;
export type ChaseEffectGroup = schema.EffectGroup;
export type Rung = schema.Rung;
export type Audience = Rung["audience"];
export type LadderList = schema.LadderList;
export type Ladder = schema.LadderView;
export type LadderSet = schema.LadderSet;
export type Feed = schema.FeedView;
export type NewFeed = schema.FeedMade;

export type AuditEvent = schema.ChangeRow;
export type AuditStatus = schema.AuditStatus;
export type Label = schema.LabelView;
export type JobList = schema.JobList;
export type JobRow = schema.JobView;
export type JobDetail = schema.JobDetail;
export type Health = schema.Health;
export type Storage = schema.Storage;
export type MailRow = schema.MailRow;
export type MailStatus = schema.MailStatus;
export type MailView = schema.MailView;
export type OpenedMail = schema.OpenedView;

export type Coverage = schema.CoverageView;
export type Standing = schema.Standing;
export type PlanRow = schema.PlanRow;
export type Plan = schema.PlanView;
export type PlanNode = schema.TreeNode;
export type PlanImport = schema.ImportOutcome;
export type PlanDifference = schema.DifferenceRow;
export type Sentence = schema.SentenceView;
export type Decision = Sentence["decision"];
export type Obligation = schema.ObligationView;
export type Span = schema.SpanView;
export type Amount = schema.AmountView;
export type PlanItem = schema.ItemView;
export type Indicator = schema.IndicatorView;
export type ObligationPlace = schema.ObligationPlace;
export type PlanComparison = schema.Comparison;

export type TrackedRow = schema.TrackedRow;
export type TrackedList = schema.TrackedList;
export type TrackedItem = schema.TrackedView;
export type TrackedMeasure = schema.MeasureView;
export type TrackedPeriod = schema.PeriodView;
export type TrackedPart = schema.PartView;
export type PlannedCurve = schema.PlannedCurve;
export type TrackingKind = schema.KindInfo;
export type TrackingKinds = schema.KindList;
export type FilingForm = schema.FilingForm;
export type FormMeasure = schema.FormMeasure;
export type FilingCycle = schema.CycleView;
export type LockException = schema.ExceptionView;
export type Tender = schema.TenderView;
export type WarningQuality = schema.WarningQuality;
export type Disagreement = schema.DisagreementRow;

export type Bound = "at_least" | "at_most" | "below" | "exactly";

export interface ObligationInput {
  what: string;
  every: Every | null;
  months: number[];
  day: DayOfPeriod | null;
  within: { count: number; unit: string } | null;
  amounts: Amount[];
  responsible: string[];
  agency_id: Id | null;
}
