/// The report's style sheet.
enum PageStyle {
  /// Families with Korean letters on every usual system.
  static let fonts =
    "Inter, Pretendard, system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple SD Gothic Neo', "
    + "'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"

  /// The whole sheet.
  static var text: String {
    colors + base(fonts) + headline + tables + cards + samples + print
  }

  private static let colors = """
    :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --text: #1b212b;
      --muted: #5a6473; --line: #dfe3e9; --soft: #eef1f5; --accent: #0067a3; --good: #007a58;
      --bad: #b34700; --undecided: #5f6672; --goodsoft: #e0f3ec; --badsoft: #fcebdf;
      --shadow: 0 1px 2px rgba(20,30,45,.05), 0 4px 16px rgba(20,30,45,.05); }
    @media (prefers-color-scheme: dark) { :root { --page: #0e1116; --card: #161a20;
      --text: #e6eaf0; --muted: #9aa4b3; --line: #2a313b; --soft: #1e242c; --accent: #58b2ea;
      --good: #3ecf9f; --bad: #ff9a57; --undecided: #a2abb8; --goodsoft: #12352b;
      --badsoft: #3b2415; --shadow: none; } }
    """

  private static func base(_ fonts: String) -> String {
    """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--text); line-height: 1.6;
      font-family: \(fonts); font-size: 16px; }
    :lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
    main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }
    h1 { font-size: 1.05rem; font-weight: 600; margin: 0; letter-spacing: -.005em; }
    h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 4px; letter-spacing: -.012em; }
    h3 { font-size: 1rem; margin: 0; }
    p { margin: 0 0 12px; max-width: 80ch; text-wrap: pretty; }
    a { color: var(--accent); }
    code, pre, .mono { font-family: ui-monospace, 'SF Mono', Menlo, Consolas,
      'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono CJK KR', monospace; font-size: .86em; }
    pre { background: var(--soft); border-radius: 8px; padding: 14px 16px; overflow-x: auto;
      margin: 0; line-height: 1.55; white-space: pre; }
    section { background: var(--card); border: 1px solid var(--line); border-radius: 14px;
      padding: 26px 28px; margin-top: 20px; box-shadow: var(--shadow); min-width: 0; }
    .lead { color: var(--muted); margin-bottom: 16px; }
    .muted { color: var(--muted); }
    .topline { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline;
      justify-content: space-between; }
    .topline time, .topline .id { color: var(--muted); font-size: .88rem; }
    nav ul { list-style: none; padding: 0; margin: 14px 0 0; display: flex; flex-wrap: wrap;
      gap: 6px 18px; font-size: .9rem; }
    nav a { text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
    details > summary { cursor: pointer; color: var(--accent); font-size: .9rem; width: fit-content; }
    details[open] > summary { margin-bottom: 10px; }
    footer { color: var(--muted); font-size: .85rem; margin-top: 28px; }
    button { font: inherit; font-size: .82rem; padding: 3px 12px; border-radius: 6px;
      border: 1px solid var(--line); background: var(--card); color: var(--text); cursor: pointer; }
    button:hover { border-color: var(--accent); color: var(--accent); }
    .copyrow { display: flex; justify-content: space-between; align-items: center; gap: 12px;
      margin-bottom: 8px; }
    """
  }

  private static let headline = """
    .hero { padding: 34px 36px; }
    .label { font-size: .82rem; color: var(--muted); letter-spacing: .01em; }
    .arrow { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 10px 30px;
      margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
    .arrow .value { font-size: 3rem; line-height: 1.08; font-weight: 650; letter-spacing: -.03em; }
    .arrow .before .value { color: var(--muted); font-weight: 500; }
    .arrow .to { font-size: 1.9rem; color: var(--muted); padding-bottom: 4px; }
    .arrow .gain { padding-bottom: 7px; }
    .claim { font-size: 1.12rem; line-height: 1.55; margin: 0; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
      gap: 16px 22px; margin: 24px 0 0; padding-top: 20px; border-top: 1px solid var(--line); }
    .facts dt { font-size: .8rem; color: var(--muted); }
    .facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere; }
    .pill { display: inline-block; border-radius: 999px; padding: 2px 12px; font-size: .84rem;
      font-weight: 600; white-space: nowrap; background: var(--soft); color: var(--undecided); }
    .pill.good { background: var(--goodsoft); color: var(--good); }
    .pill.bad { background: var(--badsoft); color: var(--bad); }
    """

  private static let tables = """
    .scroll { overflow-x: auto; margin: 0 -4px; padding: 0 4px; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem;
      font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--muted); font-size: .88rem; padding-bottom: 8px; }
    th, td { text-align: left; padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { font-size: .8rem; color: var(--muted); font-weight: 600; white-space: nowrap;
      vertical-align: bottom; }
    tbody th { font-weight: 600; }
    tbody tr:last-child > * { border-bottom: 0; }
    .number { text-align: right; white-space: nowrap; }
    .nowrap { white-space: nowrap; }
    td code { display: inline-block; overflow-wrap: anywhere; }
    td > code { min-width: 20ch; } td.number > code { min-width: 0; }
    th code { font-weight: 400; } td > .muted { display: inline-block; min-width: 20ch; }
    td.number > .muted { min-width: 0; }
    .compact { max-width: 640px; }
    .same { color: var(--muted); }
    """

  private static let cards = """
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(430px, 100%), 1fr));
      gap: 26px; }
    figure { margin: 18px 0 0; min-width: 0; }
    figcaption { font-weight: 600; font-size: .95rem; margin-bottom: 4px; }
    .chart { width: 100%; }
    .drawn .chart { min-height: 0 !important; }
    figure details { margin-top: 6px; }
    .note { background: var(--soft); border-radius: 8px; padding: 10px 14px; font-size: .92rem; }
    .finding { border-top: 1px solid var(--line); padding: 20px 0 8px; }
    .finding:first-of-type { border-top: 0; padding-top: 8px; }
    .finding .head { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center;
      margin-bottom: 8px; }
    .finding .head code { color: var(--muted); }
    .finding h4 { margin: 14px 0 4px; font-size: .84rem; color: var(--muted); font-weight: 600; }
    .remedies { margin: 0; padding-left: 20px; }
    .remedies li { margin-bottom: 4px; }
    .remedies code { white-space: normal; overflow-wrap: anywhere; }
    @media (max-width: 640px) { main { padding: 20px 14px 40px; }
      section { padding: 20px 16px; border-radius: 12px; } .hero { padding: 22px 18px; }
      .arrow { gap: 4px 16px; } .arrow .value { font-size: 2.2rem; } .arrow .to { font-size: 1.4rem; } }
    """

  private static let samples = """
    .examples { display: flex; flex-wrap: wrap; gap: 4px 26px; }
    .example { border-left: 3px solid var(--line); padding-left: 14px; margin: 8px 0; }
    .example > p { margin: 0 0 6px; font-size: .92rem; }
    .samples { display: flex; flex-wrap: wrap; gap: 12px; }
    figure.sample { margin: 0; max-width: 100%; }
    .sample img { width: 112px; height: 112px; object-fit: contain; image-rendering: pixelated;
      background: var(--soft); border-radius: 6px; display: block; }
    .sample figcaption { font-weight: 400; font-size: .78rem; max-width: 26ch;
      overflow-wrap: anywhere; display: flex; flex-direction: column; margin-top: 3px; }
    .sample.wide { flex: 1 1 100%; } .sample.wide figcaption { max-width: none; }
    .sample blockquote { margin: 0; background: var(--soft); border-radius: 6px;
      padding: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem; }
    """

  private static let print = """
    @media print { :root { --page: #fff; --card: #fff; --text: #000; --muted: #444; --line: #ccc;
        --soft: #f2f2f2; --accent: #00507d; --good: #006246; --bad: #8f3900; --undecided: #444;
        --goodsoft: #eee; --badsoft: #eee; --shadow: none; }
      body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
      section { border: 0; padding: 10px 0; margin-top: 8px; }
      nav, button, .modebar, figure details { display: none !important; }
      figure, tr, .finding { break-inside: avoid; } h2 { break-after: avoid; }
      pre { white-space: pre-wrap; } .scroll { overflow: visible; } }
    """
}
