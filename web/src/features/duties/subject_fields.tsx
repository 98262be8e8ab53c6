import { useRead } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { useWords } from "../../i18n/language";
import { Select } from "../../ui/select/select";
import { together } from "./words";

type District = schema.DistrictView;
type Goal = schema.Goal;

export const useDistricts = (): District[] => useRead<{ districts: District[] }>("/districts").data?.districts ?? [];
export const useGoals = (): Goal[] => useRead<{ goals: Goal[] }>("/goals").data?.goals ?? [];
export const goalLabel = (goal: Goal) => `${goal.year_roc} ${goal.title}`;

/** Where a duty lies and which goal it serves; "" is none. */
export function SubjectFields({ district, goal, onDistrict, onGoal, errors }: {
  district: string;
  goal: string;
  onDistrict: (code: string) => void;
  onGoal: (id: string) => void;
  errors: (path: string) => string | undefined;
}) {
  const words = useWords(together);
  const districts = useDistricts();
  const goals = useGoals().filter((one) => one.past === 0 || one.id === goal);
  return (
    <div className="form__row">
      <Select name="district" label={words.district} value={district} onChange={onDistrict} error={errors("district")}
        options={[{ value: "", label: words.whole_city }, ...districts.map((one) => ({ value: one.code, label: one.name }))]} />
      <Select name="goal_id" label={words.goal} value={goal} onChange={onGoal} error={errors("goal_id")} hint={goals.length === 0 ? words.no_goals : undefined}
        options={[{ value: "", label: words.no_goal }, ...goals.map((one) => ({ value: one.id, label: goalLabel(one) }))]} />
    </div>
  );
}
