import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { HomePage } from "../features/home/home_page";
import { parseSearch, writeSearch } from "./search";
import { FailedAlone, FailedPage, NotFoundAlone, NotFoundPage, Shell } from "./shell";
import { SignedIn } from "./session";
import type { Permission } from "./permissions";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundAlone, errorComponent: FailedAlone });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../features/identity/sign_in_page"), "SignInPage"),
});

const link = createRoute({
  getParentRoute: () => root,
  path: "/link",
  component: lazyRouteComponent(() => import("../features/identity/link_page"), "LinkPage"),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("../features/identity/forgot_page"), "ForgotPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: () => <SignedIn><Shell /></SignedIn>,
});

type Pages = Record<string, ComponentType>;

function page(path: string, load: () => Promise<unknown>, name: string, needs?: Permission): AnyRoute {
  return createRoute({
    getParentRoute: () => inside,
    path,
    staticData: { needs },
    component: lazyRouteComponent(load as () => Promise<Pages>, name),
  }) as unknown as AnyRoute;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    needs?: Permission | undefined;
  }
}

const pages: AnyRoute[] = [
  createRoute({ getParentRoute: () => inside, path: "/", component: HomePage }) as unknown as AnyRoute,
  page("/search", () => import("../features/search/search_page"), "SearchPage"),
  page("/duties", () => import("../features/duties/duties_page"), "DutiesPage", "duties"),
  page("/duties/new", () => import("../features/duties/new_duty_page"), "NewDutyPage", "create_duty"),
  page("/duties/calendar", () => import("../features/duties/duty_calendar_page"), "DutyCalendarPage", "duties"),
  page("/overview", () => import("../features/overview/overview_page"), "OverviewPage", "statistics"),
  page("/statistics", () => import("../features/statistics/statistics_page"), "StatisticsPage", "statistics"),
  page("/dashboards", () => import("../features/statistics/dashboards_page"), "DashboardsPage", "statistics"),
  page("/dashboards/$id", () => import("../features/statistics/dashboard_page"), "DashboardPage", "statistics"),
  page("/duties/$id", () => import("../features/duties/duty_page"), "DutyPage", "duties"),
  page("/chases", () => import("../features/chasing/chases_page"), "ChasesPage", "chases"),
  page("/chases/effect", () => import("../features/chasing/effect_page"), "EffectPage", "chases"),
  page("/chases/rounds", () => import("../features/chasing/rounds_page"), "RoundsPage", "make_chases"),
  page("/chases/rounds/$id", () => import("../features/chasing/round_page"), "RoundPage", "chases"),
  page("/ladders", () => import("../features/chasing/ladders_page"), "LaddersPage", "policies"),
  page("/notices", () => import("../features/notices/notices_page"), "NoticesPage"),
  page("/account/notices", () => import("../features/notices/preferences_page"), "PreferencesPage"),
  page("/plans", () => import("../features/plan/plans_page"), "PlansPage", "plans"),
  page("/plans/import", () => import("../features/plan/plan_import_page"), "PlanImportPage", "import_plan"),
  page("/plans/$id/review", () => import("../features/plan/review_page"), "ReviewPage", "plans"),
  page("/plans/compare", () => import("../features/plan/comparison_page"), "ComparisonPage", "plans"),
  page("/plans/items/$id", () => import("../features/plan/plan_item_page"), "PlanItemPage", "plans"),
  page("/plans/$id", () => import("../features/plan/plan_page"), "PlanPage", "plans"),
  page("/tracking", () => import("../features/tracking/tracking_page"), "TrackingPage", "tracking"),
  page("/tracking/new", () => import("../features/tracking/new_tender_page"), "NewTenderPage", "file_progress"),
  page("/tracking/quality", () => import("../features/tracking/quality_page"), "QualityPage", "tracking"),
  page("/tracking/cycles", () => import("../features/tracking/cycles_page"), "CyclesPage", "tracking"),
  page("/tracking/owed/$id", () => import("../features/tracking/owed_page"), "OwedPage", "tracking"),
  page("/tracking/$id", () => import("../features/tracking/item_page"), "TrackedItemPage", "tracking"),
  page("/tracking/$id/plan", () => import("../features/tracking/plan_page"), "SetUpPage", "file_progress"),
  page("/tracking/$id/filings/$period", () => import("../features/tracking/filing_page"), "FilingPage", "tracking"),
  page("/agencies", () => import("../features/agencies/agencies_page"), "AgenciesPage", "agencies"),
  page("/agencies/import", () => import("../features/agencies/agency_import_page"), "AgencyImportPage", "edit_agencies"),
  page("/agencies/$id", () => import("../features/agencies/agency_page"), "AgencyPage", "agencies"),
  page("/interface", () => import("../features/interface/interface_page"), "InterfacePage"),
  page("/imports", () => import("../features/imports/imports_page"), "ImportsPage", "imports"),
  page("/imports/new", () => import("../features/imports/new_import_page"), "NewImportPage", "bring_files"),
  page("/imports/$id", () => import("../features/imports/import_page"), "ImportPage", "imports"),
  page("/calendar", () => import("../features/calendar/calendar_page"), "CalendarPage", "calendar"),
  page("/calendar/import", () => import("../features/calendar/calendar_import_page"), "CalendarImportPage", "edit_calendar"),
  page("/calendar/due", () => import("../features/calendar/due_page"), "DuePage", "calendar"),
  page("/policies", () => import("../features/policy/policies_page"), "PoliciesPage", "policies"),
  page("/meetings", () => import("../features/meetings/meetings_page"), "MeetingsPage", "meetings"),
  page("/meetings/$id", () => import("../features/meetings/meeting_page"), "MeetingPage", "meetings"),
  page("/handovers", () => import("../features/handovers/handovers_page"), "HandoversPage"),
  page("/handovers/$id", () => import("../features/handovers/handover_page"), "HandoverPage"),
  page("/reports", () => import("../features/reports/reports_page"), "ReportsPage", "duties"),
  page("/reports/issued", () => import("../features/reports/issued_page"), "IssuedPage", "duties"),
  page("/reports/schedules", () => import("../features/reports/schedules_page"), "SchedulesPage", "schedule_reports"),
  page("/reports/$name", () => import("../features/reports/report_page"), "ReportPage", "duties"),
  page("/delegations", () => import("../features/delegations/delegations_page"), "DelegationsPage"),
  page("/audit", () => import("../features/audit/audit_page"), "AuditPage", "audit"),
  page("/jobs", () => import("../features/jobs/jobs_page"), "JobsPage", "jobs"),
  page("/labels", () => import("../features/labels/labels_page"), "LabelsPage", "labels"),
  page("/system", () => import("../features/system/system_page"), "SystemPage", "system"),
  page("/mail", () => import("../features/mail/mail_page"), "MailPage", "mail"),
  page("/mail/$id", () => import("../features/mail/one_mail_page"), "OneMailPage", "mail"),
  page("/accounts", () => import("../features/identity/accounts_page"), "AccountsPage", "accounts"),
  page("/accounts/review", () => import("../features/review/reviews_page"), "ReviewsPage", "accounts"),
  page("/accounts/review/$id", () => import("../features/review/review_round_page"), "ReviewRoundPage", "accounts"),
  page("/accounts/permissions", () => import("../features/review/permissions_page"), "PermissionsPage"),
  page("/accounts/tokens", () => import("../features/identity/tokens_page"), "TokensPage", "tokens"),
  page("/account/security", () => import("../features/identity/security_page"), "SecurityPage"),
  page("/account/password-rules", () => import("../features/identity/password_rules_page"), "PasswordRulesPage"),
  page("/account/feeds", () => import("../features/feeds/feeds_page"), "FeedsPage"),
  page("/account/sessions", () => import("../features/identity/sessions_page"), "SessionsPage"),
  createRoute({ getParentRoute: () => inside, path: "/$", component: NotFoundPage }) as unknown as AnyRoute,
];

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, link, forgot, inside.addChildren(pages)]),
    basepath: "/console",
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: "intent",
    defaultErrorComponent: FailedPage,
    scrollRestoration: false,
  });
}
