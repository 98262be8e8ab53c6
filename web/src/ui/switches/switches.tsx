import { useLanguage } from "../../i18n/language";
import { useTheme, type Theme } from "./theme";
import "./switches.css";

/** Language and light or dark, for pages without the account menu. */
export function Switches() {
  const { language, setLanguage, t } = useLanguage();
  const [theme, setTheme] = useTheme();
  const themes: Theme[] = ["auto", "light", "dark"];
  return (
    <div className="switches">
      <fieldset>
        <legend className="visually-hidden">{t.shell.language}</legend>
        <label><input type="radio" name="language" checked={language === "zh-TW"} onChange={() => setLanguage("zh-TW")} /><span lang="zh-Hant-TW">中文</span></label>
        <label><input type="radio" name="language" checked={language === "en"} onChange={() => setLanguage("en")} /><span lang="en">English</span></label>
      </fieldset>
      <fieldset>
        <legend className="visually-hidden">{t.shell.theme}</legend>
        {themes.map((name) => (
          <label key={name}><input type="radio" name="theme" checked={theme === name} onChange={() => setTheme(name)} /><span>{t.shell.themes[name]}</span></label>
        ))}
      </fieldset>
    </div>
  );
}
