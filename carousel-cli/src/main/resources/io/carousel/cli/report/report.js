/* Draws the charts of a Carousel report with uPlot. Everything shown comes from the JSON beside it, as text. */
(function () {
  'use strict';
  const data = JSON.parse(document.getElementById('report-data').textContent);
  const drawn = new Map(); // figure -> the chart in it
  let group = 0;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const alpha = (hex, a) => hex + Math.round(a * 255).toString(16).padStart(2, '0');

  // ---- numbers and dates -------------------------------------------------------------------------------------------

  function number(value) {
    if (value == null) return '–';
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(2).replace('-', '−');
    const digits = size >= 1e5 ? 0 : 5;
    const text = digits ? value.toLocaleString('en', {maximumSignificantDigits: digits}) : Math.round(value).toLocaleString('en');
    return text.replace('-', '−');
  }

  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const two = n => String(n).padStart(2, '0');

  function stamp(unit, x) {
    if (unit === 'number') return number(x);
    const d = new Date(x * 1000);
    const year = String(d.getUTCFullYear());
    if (unit === 'year') return year;
    if (unit === 'month') return MONTHS[d.getUTCMonth()] + ' ' + year;
    const day = year + '-' + two(d.getUTCMonth() + 1) + '-' + two(d.getUTCDate());
    if (unit === 'day') return day;
    const minute = day + ' ' + two(d.getUTCHours()) + ':' + two(d.getUTCMinutes());
    return unit === 'minute' ? minute : minute + ':' + two(d.getUTCSeconds());
  }

  /** Labels of a time axis: the finest part of each, and the coarser part below where it changes. */
  function timeLabels(plot, splits, axis, space, increment) {
    let before = '';
    return splits.map(x => {
      const d = new Date(x * 1000);
      const year = String(d.getUTCFullYear());
      if (increment >= 365 * 86400) return year;
      const month = MONTHS[d.getUTCMonth()];
      let fine, coarse;
      if (increment >= 28 * 86400) [fine, coarse] = [month, year];
      else if (increment >= 86400) [fine, coarse] = [d.getUTCDate() + ' ' + month, year];
      else [fine, coarse] = [two(d.getUTCHours()) + ':' + two(d.getUTCMinutes()), d.getUTCDate() + ' ' + month + ' ' + year];
      const label = coarse === before ? fine : fine + '\n' + coarse;
      before = coarse;
      return label;
    });
  }

  // ---- the compact columns of the data -----------------------------------------------------------------------------

  const positions = view => Array.isArray(view.x)
    ? Array.from({length: view.n}, (_, i) => view.x[0] + i * view.x[1])
    : view.x.at;

  function column([from, values], length) {
    const full = new Array(length).fill(null);
    for (let i = 0; i < values.length; i++) full[from + i] = values[i];
    return full;
  }

  const viewOf = chart => chart.views[chart.views.length === 1 ? 0 : group];

  // ---- one chart ---------------------------------------------------------------------------------------------------

  function colorsOf(layers) {
    let baselines = 0;
    return layers.map(layer => {
      if (layer.kind === 'band') return alpha(color('model'), 0.12 + 0.16 * layer.strength);
      if (layer.kind === 'level' || layer.kind === 'mark') return color('soft');
      return color(layer.role === 'baseline' ? 'baseline-' + baselines++ % 4 : layer.role);
    });
  }

  function seriesOf(layer, tint, length) {
    const few = length <= 80;
    const base = {label: layer.name, show: !layer.hidden, spanGaps: false, points: {show: false}};
    switch (layer.kind) {
      case 'line':
        return {...base, stroke: tint, width: layer.role === 'baseline' ? 1.25 : 1.75, points: {show: few && layer.role !== 'baseline', size: 4, fill: tint, width: 0}};
      case 'points':
        return {...base, stroke: tint, paths: () => null, points: {show: true, size: few ? 6 : length < 2000 ? 4 : 2.5, fill: alpha(tint, 0.75), stroke: tint, width: 0}};
      case 'bars':
        return {...base, stroke: tint, width: 0, fill: alpha(tint, 0.85), paths: uPlot.paths.bars({size: [layer.width, 60, 1]})};
      default: // an edge of a band
        return {...base, width: 0, stroke: 'transparent'};
    }
  }

  function lines(chart, layers) {
    const marks = layers.filter(layer => layer.kind === 'mark' || layer.kind === 'level');
    return plot => {
      const {ctx, bbox} = plot;
      const ratio = uPlot.pxRatio;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      ctx.strokeStyle = ctx.fillStyle = color('soft');
      ctx.lineWidth = ratio;
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      ctx.font = 11 * ratio + 'px system-ui, sans-serif';
      for (const mark of marks) {
        ctx.beginPath();
        if (mark.kind === 'mark') {
          const x = Math.round(plot.valToPos(mark.at, 'x', true));
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          const left = x + ctx.measureText(mark.name).width + 8 * ratio > bbox.left + bbox.width;
          ctx.textAlign = left ? 'right' : 'left';
          ctx.textBaseline = 'top';
          ctx.fillText(mark.name, x + (left ? -5 : 5) * ratio, bbox.top + 3 * ratio);
        } else {
          const y = Math.round(plot.valToPos(mark.at, 'y', true));
          ctx.moveTo(bbox.left, y);
          ctx.lineTo(bbox.left + bbox.width, y);
          if (mark.name) {
            ctx.textAlign = 'right';
            ctx.textBaseline = 'bottom';
            ctx.fillText(mark.name, bbox.left + bbox.width - 4 * ratio, y - 3 * ratio);
          }
        }
        ctx.stroke();
      }
      ctx.restore();
    };
  }

  /** The box beside the cursor, and the same for who listens. */
  function tip(chart, parts, host, live) {
    const box = make('div', {className: 'tip'});
    host.append(box);
    return plot => {
      const {idx, left, top} = plot.cursor;
      if (idx == null || left < 0) {
        box.style.visibility = 'hidden';
        return;
      }
      const heading = stamp(chart.unit, plot.data[0][idx]);
      const rows = [];
      for (const part of parts) {
        if (!plot.series[part.series].show) continue;
        const low = plot.data[part.series][idx];
        if (low == null) continue;
        const value = part.band ? number(low) + ' to ' + number(plot.data[part.series + 1][idx]) : number(low);
        rows.push({name: part.layer.name, value, tint: part.tint});
      }
      box.replaceChildren(make('b', {textContent: heading}), ...rows.map(row => {
        const dot = make('i');
        dot.style.setProperty('--c', row.tint);
        return make('div', {}, make('span', {}, dot, row.name), make('span', {textContent: row.value}));
      }));
      box.style.visibility = rows.length ? 'visible' : 'hidden';
      const area = plot.over.getBoundingClientRect();
      const frame = host.getBoundingClientRect();
      const x = area.left - frame.left + left;
      const width = box.offsetWidth;
      box.style.left = Math.max(0, x + 16 + width > frame.width ? x - 16 - width : x + 16) + 'px';
      box.style.top = Math.max(0, area.top - frame.top + Math.min(top, area.height - box.offsetHeight)) + 'px';
      live.textContent = heading + ': ' + rows.map(row => row.name + ' ' + row.value).join(', ');
    };
  }

  /** Steps between labels where only whole numbers make sense, such as epochs and rows. */
  const WHOLE = Array.from({length: 30}, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

  function axes(chart, x) {
    const font = '12px system-ui, sans-serif'; // uPlot reads whole pixels only
    const shared = {stroke: color('soft'), font, labelFont: font, ticks: {show: false}, border: {show: false}};
    const bottom = {...shared, grid: {show: false}, gap: 6, size: chart.unit === 'number' ? 30 : 44, space: chart.unit === 'number' ? 60 : 74,
      border: {show: true, stroke: color('hair'), width: 1}, label: chart.unit === 'number' ? chart.x : undefined, labelSize: 20};
    if (chart.unit === 'number') bottom.values = (plot, splits) => splits.map(value => value == null ? '' : number(value));
    else bottom.values = timeLabels;
    if (chart.unit === 'number' && x.every(Number.isInteger)) bottom.incrs = WHOLE;
    return [bottom, {...shared, grid: {stroke: color('grid'), width: 1}, gap: 6,
      size: (plot, values) => 14 + 7 * Math.max(3, ...(values || []).map(value => String(value ?? '').length)),
      values: (plot, splits) => splits.map(value => value == null ? '' : number(value))}];
  }

  function draw(figure, chart) {
    const old = drawn.get(figure);
    const state = old ? old.state : {log: false, hidden: new Map(), table: false};
    if (old) old.plot.destroy();
    const host = figure.querySelector('.plot');
    host.replaceChildren();
    const view = viewOf(chart);
    const details = figure.querySelector('details');
    details.hidden = !view.n;
    if (!view.n) {
      drawn.delete(figure);
      figure.querySelector('.tools').replaceChildren();
      host.style.minHeight = '';
      host.append(make('p', {className: 'nothing', textContent: 'There is nothing to show for this series.'}));
      return;
    }
    const x = positions(view);
    const tints = colorsOf(view.layers);
    const columns = [x];
    const series = [{}];
    const bands = [];
    const parts = [];
    view.layers.forEach((layer, i) => {
      if (!layer.columns.length) return;
      const at = series.length;
      for (const values of layer.columns) {
        columns.push(column(values, x.length));
        const one = seriesOf(layer, tints[i], x.length);
        if (state.hidden.has(layer.name)) one.show = !state.hidden.get(layer.name);
        series.push(one);
      }
      const band = layer.kind === 'band';
      if (band) bands.push({series: [at + 1, at], fill: tints[i]});
      parts.push({layer, series: at, band, tint: tints[i]});
    });
    const levels = view.layers.filter(layer => layer.kind === 'level').map(layer => layer.at);
    const bars = view.layers.some(layer => layer.kind === 'bars');
    const live = make('output', {className: 'unseen'});
    live.setAttribute('aria-live', 'polite');
    const height = Math.max(200, Math.min(chart.height, Math.round(host.clientWidth * 0.75)));
    host.style.minHeight = height + 'px';
    const plot = new uPlot({
      width: host.clientWidth, height, series, bands, legend: {show: false}, padding: [10, 14, 0, 0],
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: {drag: {x: true, y: false, uni: 20}, points: {size: 7, width: 1.5}, y: false, focus: {prox: -1}},
      scales: {
        x: {time: chart.unit !== 'number', range: bars && x.length > 1 ? (u, low, high) => {
          const half = (x[1] - x[0]) / 2;
          return [low - half, high + half];
        } : (u, low, high) => low === high ? [low - 1, high + 1] : [low, high]},
        y: {distr: state.log ? 3 : 1, range: state.log ? undefined : (u, low, high) => {
          if (low == null) return [0, 1];
          for (const level of levels) [low, high] = [Math.min(low, level), Math.max(high, level)];
          return bars && low >= 0 ? [0, high * 1.06 || 1] : uPlot.rangeNum(low, high, {min: {pad: 0.07}, max: {pad: 0.07}});
        }},
      },
      axes: axes(chart, x),
      hooks: {draw: [lines(chart, view.layers)], setCursor: [tip(chart, parts, host, live)]},
    }, columns, host);
    host.append(live);
    drawn.set(figure, {plot, chart, state, parts});
    if (view.shown) plot.setScale('x', {min: view.shown[0], max: view.shown[1]});
    plot.over.addEventListener('dblclick', () => plot.setScale('x', {min: x[0], max: x[x.length - 1]}));
    keyboard(figure, plot, x);
    tools(figure, chart, view, parts, plot, x, state);
    table(figure, chart, x, parts, columns);
  }

  /** Arrow keys move the cursor, plus and minus zoom, 0 shows all. */
  function keyboard(figure, plot, x) {
    const host = plot.root;
    host.tabIndex = 0;
    host.setAttribute('role', 'img');
    host.setAttribute('aria-label', figure.querySelector('figcaption').textContent + '. ' + figure.querySelector('p').textContent
      + ' Arrow keys read values, plus and minus zoom, 0 shows all.');
    host.addEventListener('keydown', event => {
      const {min, max} = plot.scales.x;
      const all = [x[0], x[x.length - 1]];
      const first = x.findIndex(value => value >= min);
      let at = plot.cursor.idx ?? first;
      const zoom = factor => {
        const middle = (min + max) / 2;
        const half = (max - min) / 2 * factor;
        plot.setScale('x', {min: Math.max(all[0], middle - half), max: Math.min(all[1], middle + half)});
      };
      switch (event.key) {
        case 'ArrowRight': at = Math.min(at + 1, x.length - 1); break;
        case 'ArrowLeft': at = Math.max(at - 1, 0); break;
        case '+': zoom(0.5); return;
        case '-': zoom(2); return;
        case '0': plot.setScale('x', {min: all[0], max: all[1]}); return;
        case 'Escape': plot.setCursor({left: -10, top: -10}); return;
        default: return;
      }
      event.preventDefault();
      plot.setCursor({left: plot.valToPos(x[at], 'x'), top: plot.over.clientHeight / 2});
    });
  }

  /** The legend, whose entries switch layers on and off, and the buttons of the scales. */
  function tools(figure, chart, view, parts, plot, x, state) {
    const bar = figure.querySelector('.tools');
    bar.replaceChildren();
    let under = 0; // bands lie upon each other, so inner ones look darker
    for (const part of parts.length > 1 ? parts : []) {
      const swatch = make('span', {className: 'swatch ' + part.layer.kind});
      const own = 0.12 + 0.16 * part.layer.strength;
      if (part.band) under += own * (1 - under);
      swatch.style.setProperty('--c', part.band ? alpha(color('model'), under) : part.tint);
      const key = make('button', {type: 'button', className: 'key'}, swatch, part.layer.name);
      key.setAttribute('aria-pressed', plot.series[part.series].show);
      key.onclick = () => {
        const show = !plot.series[part.series].show;
        state.hidden.set(part.layer.name, !show);
        plot.setSeries(part.series, {show});
        if (part.band) plot.setSeries(part.series + 1, {show});
        key.setAttribute('aria-pressed', show);
      };
      bar.append(key);
    }
    const button = (text, pressed, action) => {
      const one = make('button', {type: 'button', className: 'scale', textContent: text, onclick: action});
      if (pressed != null) one.setAttribute('aria-pressed', pressed);
      if (!bar.querySelector('.gap')) bar.append(make('span', {className: 'gap'}));
      bar.append(one);
    };
    if (view.shown) {
      button('Recent', null, () => plot.setScale('x', {min: view.shown[0], max: view.shown[1]}));
      button('All', null, () => plot.setScale('x', {min: x[0], max: x[x.length - 1]}));
    }
    if (chart.log && plot.data.slice(1).every(values => values.every(value => value == null || value > 0))) {
      button('Logarithmic', state.log, () => {
        state.log = !state.log;
        draw(figure, chart);
      });
    }
  }

  // ---- the same numbers as a table ---------------------------------------------------------------------------------

  function table(figure, chart, x, parts, columns) {
    const details = figure.querySelector('details');
    const heads = [chart.x || 'x'];
    const picked = [];
    for (const part of parts) {
      heads.push(...(part.band ? [part.layer.name + ', low', part.layer.name + ', high'] : [part.layer.name]));
      picked.push(...(part.band ? [part.series, part.series + 1] : [part.series]));
    }
    const rowsOf = (from, to, text) => {
      const rows = [];
      for (let i = from; i < to; i++) rows.push([stamp(chart.unit, x[i]), ...picked.map(series => text(columns[series][i]))]);
      return rows;
    };
    const fill = () => {
      const most = 200;
      const from = Math.max(0, x.length - most);
      const head = make('tr', {}, ...heads.map(text => make('th', {scope: 'col', textContent: text})));
      const body = rowsOf(from, x.length, number).map(row => make('tr', {},
        ...row.map((text, i) => make(i ? 'td' : 'th', {textContent: text, ...(i ? {} : {scope: 'row'})}))));
      const save = make('button', {type: 'button', textContent: 'Save all as CSV', onclick: () => {
        const quote = text => /[",\n\r]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
        const lines = [heads, ...rowsOf(0, x.length, value => value == null ? '' : String(value))];
        const file = new Blob([lines.map(line => line.map(quote).join(',')).join('\n') + '\n'], {type: 'text/csv'});
        const link = make('a', {href: URL.createObjectURL(file), download: chart.title.replace(/[^\p{L}\p{N}]+/gu, '-') + '.csv'});
        link.click();
        URL.revokeObjectURL(link.href);
      }});
      const note = from ? 'The last ' + most + ' of ' + x.length.toLocaleString('en') + ' rows. ' : '';
      details.querySelector('div').replaceChildren(make('p', {}, note, save),
        make('div', {className: 'body', tabIndex: 0}, make('table', {}, make('thead', {}, head), make('tbody', {}, ...body))));
    };
    details.ontoggle = () => details.open && fill();
    if (details.open) fill();
  }

  // ---- the page ----------------------------------------------------------------------------------------------------

  const figures = [...document.querySelectorAll('figure.chart')];
  const drawAll = which => figures.forEach(figure => {
    const chart = data.charts[figure.dataset.chart];
    if (which(chart)) draw(figure, chart);
  });
  drawAll(() => true);

  const select = document.getElementById('group');
  if (select) {
    const show = index => {
      group = (index + data.groups.length) % data.groups.length;
      select.value = String(group);
      drawAll(chart => chart.views.length > 1);
    };
    select.onchange = () => show(Number(select.value));
    document.getElementById('group-before').onclick = () => show(group - 1);
    document.getElementById('group-after').onclick = () => show(group + 1);
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll(() => true));
  const resizing = new ResizeObserver(entries => {
    for (const {target} of entries) {
      const there = drawn.get(target.closest('figure'));
      if (!there) continue;
      const {plot, chart} = there;
      const height = Math.max(200, Math.min(chart.height, Math.round(target.clientWidth * 0.75)));
      if (target.clientWidth && (plot.width !== target.clientWidth || plot.height !== height)) {
        target.style.minHeight = height + 'px';
        plot.setSize({width: target.clientWidth, height});
      }
    }
  });
  figures.forEach(figure => resizing.observe(figure.querySelector('.plot')));
  document.documentElement.dataset.drawn = String(drawn.size);
  window.carouselCharts = figures.map(figure => () => drawn.get(figure).plot);
})();
