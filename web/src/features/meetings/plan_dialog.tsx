import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { useSession } from "../../app/session";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { useToast } from "../../ui/toast/toast";
import { useMeetingText } from "./words";

export function PlanDialog({ series, onClose }: { series: schema.MeetingSeriesView; onClose: () => void }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const say = useToast();
  const navigate = useNavigate();
  const session = useSession();
  const [period, setPeriod] = useState<string | null>(session.today);
  const [on, setOn] = useState<string | null>(null);
  const change = useChange<schema.MeetingView>({
    onDone: (view) => {
      say(words.planned);
      onClose();
      void navigate({ to: "/meetings/$id", params: { id: view.meeting.id } as never });
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.plan_title(series.name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([period === null && { path: "period_on", message: t.form.must(words.plan_period) }])) return;
        change.mutate({ path: "/meetings", body: { series_id: series.id, period_on: period, ...(on ? { planned_on: on } : {}) } });
      }}>
        <RocDatePicker name="period_on" label={words.plan_period} hint={words.plan_period_hint} value={period} onChange={setPeriod} error={faults.of("period_on")} required />
        <RocDatePicker name="planned_on" label={`${words.plan_on}${t.common.optional}`} hint={words.plan_on_hint(f.date(series.next_on))} value={on} onChange={setOn} error={faults.of("planned_on")} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.plan}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
