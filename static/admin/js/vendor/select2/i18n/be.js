// What Select2 says in Belarusian: it brings no such file itself. Loaded by the admin's boxes with search.
{
  const amd = window.jQuery?.fn?.select2?.amd;
  const rules = new Intl.PluralRules("be");
  const count = (number, one, few, many) => `${number} ${{ one, few }[rules.select(number)] ?? many}`;
  amd?.define("select2/i18n/be", [], () => ({
    errorLoading: () => "Не ўдалося загрузіць",
    inputTooLong: ({ input, maximum }) => `Прыбярыце ${count(input.length - maximum, "знак", "знакі", "знакаў")}`,
    inputTooShort: ({ input, minimum }) => `Увядзіце яшчэ ${count(minimum - input.length, "знак", "знакі", "знакаў")}`,
    loadingMore: () => "Загружаецца…",
    maximumSelected: ({ maximum }) => `Можна выбраць не больш за ${count(maximum, "запіс", "запісы", "запісаў")}`,
    noResults: () => "Нічога не знойдзена",
    searching: () => "Ідзе пошук…",
    removeAllItems: () => "Прыбраць усё",
  }));
}
