/* Draws every figure.chart from its json block: svg, no animation, resized with the page and for print. */
(function () {
  "use strict";
  function draw(figure) {
    if (figure.dataset.drawn) { return; }
    var canvas = figure.querySelector(".chart-canvas");
    var option = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    canvas.style.height = canvas.dataset.height + "px";
    var chart = window.echarts.init(canvas, null, { renderer: "svg" });
    chart.setOption(option);
    figure.dataset.drawn = "1";
    var resize = function () { chart.resize(); };
    if (window.ResizeObserver) { new ResizeObserver(resize).observe(canvas); } else { window.addEventListener("resize", resize); }
    window.addEventListener("beforeprint", resize);
  }
  function drawAll() { document.querySelectorAll("figure[data-chart]").forEach(draw); }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", drawAll); } else { drawAll(); }
  document.addEventListener("htmx:afterSettle", drawAll);
})();
