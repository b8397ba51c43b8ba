/// The few lines of script that a report needs.
enum PageScript {
  /// Draws each figure in the page's colours, again when those change, and in light for the printer.
  static let charts = """
    (() => {
      const scheme = window.matchMedia("(prefers-color-scheme: dark)");
      const options = {responsive: true, displaylogo: false, displayModeBar: "hover",
        modeBarButtons: [["zoom2d", "pan2d", "resetScale2d", "toImage"]]};
      const draw = (dark) => {
        for (const [id, figure] of Object.entries(honeFigures)) {
          const element = document.getElementById(id);
          const narrow = element.clientWidth < 520;
          const theme = honeThemes[dark ? "dark" : "light"];
          let text = JSON.stringify(figure);
          for (const [from, to] of Object.entries(theme.replacements))
            text = text.replaceAll(JSON.stringify(from), JSON.stringify(to));
          const {data, layout} = JSON.parse(text);
          layout.template = {layout: theme.layout};
          layout.autosize = true;
          if (data[0].type === "heatmap")
            layout.height = Math.min(layout.height, element.clientWidth + 24);
          if (narrow && layout.showlegend) layout.height += 40;
          Plotly.react(element, data, layout, options);
        }
      };
      document.documentElement.classList.add("drawn");
      draw(scheme.matches);
      scheme.addEventListener("change", () => draw(scheme.matches));
      window.addEventListener("beforeprint", () => draw(false));
      window.addEventListener("afterprint", () => draw(scheme.matches));
    })();
    """

  /// Lets buttons copy the text that they stand beside.
  static let copy = """
    for (const button of document.querySelectorAll("button[data-copy]")) {
      if (!navigator.clipboard) { button.hidden = true; continue; }
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.copy);
        await navigator.clipboard.writeText(source.textContent);
        const label = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 1500);
      });
    }
    """
}
