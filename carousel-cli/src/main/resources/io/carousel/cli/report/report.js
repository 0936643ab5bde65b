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

  // ---- numbers as colours ------------------------------------------------------------------------------------------

  /** The numbers of a heat map: a byte each, column by column, 1 to 255 for low to high and 0 for none. */
  function heatOf(layer) {
    const bytes = Uint8Array.from(atob(layer.bytes), character => character.charCodeAt(0));
    const range = layer.high - layer.low;
    const value = byte => byte ? layer.low + (byte - 1) / 254 * range : null;
    const digits = Math.max(0, Math.min(12, Math.ceil(-Math.log10(range / 254))));
    return {
      units: layer.units,
      byte: (column, unit) => bytes[column * layer.units + unit],
      at: (column, unit) => {
        const exact = value(bytes[column * layer.units + unit]);
        return exact == null ? null : Number(exact.toFixed(digits));
      },
      value,
    };
  }

  const parts256 = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));

  /** The colour of a number: from that of nothing to that of the high end above zero, of the low end below. */
  function shades(layer) {
    const [none, high, low] = ['heat-none', 'heat-high', 'heat-low'].map(name => parts256(color(name)));
    return value => {
      const end = value < 0 ? low : high;
      const share = value < 0 ? Math.min(1, value / layer.low) : Math.min(1, value / layer.high);
      return none.map((from, i) => Math.round(from + share * (end[i] - from)));
    };
  }

  function paint(layer, heat, x) {
    const shade = shades(layer);
    const image = make('canvas', {width: x.length, height: heat.units});
    const context = image.getContext('2d');
    const pixels = context.createImageData(x.length, heat.units);
    for (let unit = 0, at = 0; unit < heat.units; unit++) {
      for (let column = 0; column < x.length; column++, at += 4) {
        const byte = heat.byte(column, unit);
        if (byte) pixels.data.set([...shade(heat.value(byte)), 255], at);
      }
    }
    context.putImageData(pixels, 0, 0);
    const edge = i => x.length < 2 ? x[0] - 0.5 + i
      : i === 0 ? x[0] - (x[1] - x[0]) / 2
      : i === x.length ? x[i - 1] + (x[i - 1] - x[i - 2]) / 2 : (x[i - 1] + x[i]) / 2;
    return plot => {
      const {ctx, bbox} = plot;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      ctx.imageSmoothingEnabled = false;
      let left = Math.round(plot.valToPos(edge(0), 'x', true));
      for (let i = 0; i < x.length; i++) {
        const right = Math.round(plot.valToPos(edge(i + 1), 'x', true));
        ctx.drawImage(image, i, 0, 1, heat.units, left, bbox.top, Math.max(1, right - left), bbox.height);
        left = right;
      }
      ctx.restore();
    };
  }

  /** What the colours mean. */
  function ramp(layer) {
    const bar = make('i');
    const ends = layer.low < 0 ? ['low', 'none', 'high'] : ['none', 'high'];
    bar.style.background = 'linear-gradient(to right, ' + ends.map(end => 'var(--heat-' + end + ')').join(', ') + ')';
    const text = value => number(Number(value.toPrecision(2)));
    return make('span', {className: 'ramp'}, text(layer.low), bar, text(layer.high));
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

  let used = null; // the chart that the reader's pointer or keys were in last: cursors move together, tips do not

  /** The box beside the cursor, and the same for who listens. */
  function tip(chart, parts, host, live) {
    const box = make('div', {className: 'tip'});
    host.append(box);
    return plot => {
      const {idx, left, top} = plot.cursor;
      if (idx == null || left < 0 || (chart.aligned && used !== plot.root)) {
        box.style.visibility = 'hidden';
        return;
      }
      const heading = stamp(chart.unit, plot.data[0][idx]);
      const rows = [];
      for (const part of parts) {
        if (part.heat) {
          const unit = Math.max(0, Math.min(part.heat.units - 1, Math.round(plot.posToVal(top, 'y')) - 1));
          const value = part.heat.at(idx, unit);
          if (value == null) continue;
          const tint = 'rgb(' + shades(part.layer)(value).join(' ') + ')';
          rows.push({name: part.layer.name + ', unit ' + (unit + 1), value: number(value), tint});
          continue;
        }
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

  function axes(chart, x, units) {
    const font = '12px system-ui, sans-serif'; // uPlot reads whole pixels only
    const shared = {stroke: color('soft'), font, labelFont: font, ticks: {show: false}, border: {show: false}};
    const bottom = {...shared, grid: {show: false}, gap: 6, size: chart.unit === 'number' ? 30 : 44, space: chart.unit === 'number' ? 60 : 74,
      border: {show: true, stroke: color('hair'), width: 1}, label: chart.unit === 'number' ? chart.x : undefined, labelSize: 20};
    if (chart.unit === 'number') bottom.values = (plot, splits) => splits.map(value => value == null ? '' : number(value));
    else bottom.values = timeLabels;
    if (chart.unit === 'number' && x.every(Number.isInteger)) bottom.incrs = WHOLE;
    const whole = units ? {incrs: WHOLE, grid: {show: false}, space: 24} : {};
    return [bottom, {...shared, grid: {stroke: color('grid'), width: 1}, gap: 6,
      size: (plot, values) => chart.aligned ? 58 : 14 + 7 * Math.max(3, ...(values || []).map(value => String(value ?? '').length)),
      values: (plot, splits) => splits.map(value => value == null ? '' : number(value).replace('.00e', 'e')), ...whole}];
  }

  /** Charts that stand above each other show the same positions. */
  function together(plot, chart) {
    const {min, max} = plot.scales.x;
    for (const other of drawn.values()) {
      if (other.plot === plot || !other.chart.aligned) continue;
      const scale = other.plot.scales.x;
      const near = (a, b) => Math.abs(a - b) <= 1e-6 * (max - min);
      if (!near(scale.min, min) || !near(scale.max, max)) other.plot.setScale('x', {min: min + other.half, max: max - other.half});
    }
  }

  function draw(figure, chart) {
    const old = drawn.get(figure);
    const state = old ? old.state : {log: chart.logFirst, hidden: new Map(), table: false};
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
      if (layer.kind === 'heat') {
        parts.push({layer, heat: heatOf(layer)});
        columns.push(x.map(() => null));
        series.push({show: false});
      }
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
    const heat = parts.find(part => part.heat);
    const half = bars || chart.aligned ? (x.length > 1 ? (x[1] - x[0]) / 2 : 0.5) : 0;
    const live = make('output', {className: 'unseen'});
    live.setAttribute('aria-live', 'polite');
    const height = Math.max(200, Math.min(chart.height, Math.round(host.clientWidth * 0.75)));
    host.style.minHeight = height + 'px';
    const plot = new uPlot({
      width: host.clientWidth, height, series, bands, legend: {show: false}, padding: [10, 14, 0, 0],
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: {drag: {x: true, y: false, uni: 20}, points: {size: 7, width: 1.5}, y: false, focus: {prox: -1},
        sync: chart.aligned ? {key: 'aligned', setSeries: false, scales: ['x', null],
          filters: {pub: type => type === 'mousemove' || type === 'mouseleave', sub: () => true}} : undefined},
      scales: {
        x: {time: chart.unit !== 'number', range: (u, low, high) => half ? [low - half, high + half] : low === high ? [low - 1, high + 1] : [low, high]},
        y: heat ? {dir: -1, range: () => [0.5, heat.heat.units + 0.5]} : {distr: state.log ? 3 : 1, range: (u, low, high) => {
          if (low == null) return state.log ? [1, 10] : [0, 1];
          for (const level of levels) [low, high] = [Math.min(low, level), Math.max(high, level)];
          if (state.log) return uPlot.rangeLog(low, high, 10, false);
          return bars && low >= 0 ? [0, high * 1.06 || 1] : uPlot.rangeNum(low, high, {min: {pad: 0.07}, max: {pad: 0.07}});
        }},
      },
      axes: axes(chart, x, heat && heat.heat.units),
      hooks: {
        draw: [heat ? paint(heat.layer, heat.heat, x) : lines(chart, view.layers)],
        setCursor: [tip(chart, parts, host, live)],
        setScale: chart.aligned ? [(plot, key) => key === 'x' && together(plot, chart)] : [],
      },
    }, columns, host);
    host.append(live);
    drawn.set(figure, {plot, chart, state, parts, half});
    for (const event of ['pointermove', 'focusin', 'keydown']) plot.root.addEventListener(event, () => used = plot.root, true);
    if (view.shown) plot.setScale('x', {min: view.shown[0], max: view.shown[1]});
    plot.over.addEventListener('dblclick', () => plot.setScale('x', {min: x[0], max: x[x.length - 1]}));
    keyboard(figure, plot, x, heat);
    tools(figure, chart, view, parts, plot, x, state);
    table(figure, chart, x, parts, columns);
  }

  /** Arrow keys move the cursor, plus and minus zoom, 0 shows all. */
  function keyboard(figure, plot, x, heat) {
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
      let unit = heat && plot.cursor.top >= 0 ? Math.round(plot.posToVal(plot.cursor.top, 'y')) : 1;
      const zoom = factor => {
        const middle = (min + max) / 2;
        const half = (max - min) / 2 * factor;
        plot.setScale('x', {min: Math.max(all[0], middle - half), max: Math.min(all[1], middle + half)});
      };
      switch (event.key) {
        case 'ArrowRight': at = Math.min(at + 1, x.length - 1); break;
        case 'ArrowLeft': at = Math.max(at - 1, 0); break;
        case 'ArrowDown': if (!heat) return; unit = Math.min(unit + 1, heat.heat.units); break;
        case 'ArrowUp': if (!heat) return; unit = Math.max(unit - 1, 1); break;
        case '+': zoom(0.5); return;
        case '-': zoom(2); return;
        case '0': plot.setScale('x', {min: all[0], max: all[1]}); return;
        case 'Escape': plot.setCursor({left: -10, top: -10}); return;
        default: return;
      }
      event.preventDefault();
      plot.setCursor({left: plot.valToPos(x[at], 'x'), top: heat ? plot.valToPos(unit, 'y') : plot.over.clientHeight / 2});
    });
  }

  /** The legend, whose entries switch layers on and off, and the buttons of the scales. */
  function tools(figure, chart, view, parts, plot, x, state) {
    const bar = figure.querySelector('.tools');
    bar.replaceChildren();
    let under = 0; // bands lie upon each other, so inner ones look darker
    for (const part of parts) if (part.heat) bar.append(ramp(part.layer));
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
      for (let unit = 0; part.heat && unit < part.heat.units; unit++) {
        heads.push('Unit ' + (unit + 1));
        picked.push(x.map((_, column) => part.heat.at(column, unit)));
      }
      if (part.heat) continue;
      heads.push(...(part.band ? [part.layer.name + ', low', part.layer.name + ', high'] : [part.layer.name]));
      picked.push(...(part.band ? [part.series, part.series + 1] : [part.series]).map(series => columns[series]));
    }
    const rowsOf = (from, to, text) => {
      const rows = [];
      for (let i = from; i < to; i++) rows.push([stamp(chart.unit, x[i]), ...picked.map(values => text(values[i]))]);
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
