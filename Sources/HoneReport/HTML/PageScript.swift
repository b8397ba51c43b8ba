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
          const layout = structuredClone(figure.layout);
          layout.template = honeThemes[dark ? "dark" : "light"];
          layout.autosize = true;
          if (narrow && layout.height && figure.data[0].type === "heatmap")
            layout.height = Math.min(layout.height, element.clientWidth * 1.1 + 60);
          Plotly.react(element, structuredClone(figure.data), layout, options);
        }
      };
      draw(scheme.matches);
      document.documentElement.classList.add("drawn");
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
