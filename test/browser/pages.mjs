// Opens pages in headless Chromium, light and dark, 1280 and 390 px wide, and checks each:
//   console    no error on the console, no exception
//   network    no request leaves the page
//   width      nothing makes the page scroll sideways
//   contrast   text against what is behind it: 4.5, large text 3 (WCAG 2.2 AA)
//   keyboard   Tab reaches every control and shows where it is; summaries open with Enter
//   structure  language, title, one h1, no heading level left out, pictures with a text, unique ids
// usage: node pages.mjs [--root DIR] [--screenshots DIR] PAGE...
import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NODE_PATH, "x.js"));
const { chromium } = require("playwright-core");

const WIDTHS = [1280, 390];
const THEMES = ["light", "dark"];

function parseArguments(words) {
  const options = { root: "/", screenshots: "", pages: [] };
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "--root") options.root = words[++i];
    else if (words[i] === "--screenshots") options.screenshots = words[++i];
    else options.pages.push(words[i]);
  }
  return options;
}

// --- Functions that run inside the page -----------------------------------------------------------

function findLowContrast() {
  const parse = (text) => {
    const n = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (text.startsWith("color(srgb")) return [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1];
    return [n[0], n[1], n[2], n[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") return null;  // cannot be computed: looked at by a person
      const color = parse(style.backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    const canvas = dark && scheme.includes("dark") ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
  };
  // The topmost SVG shape that lies under the middle of a text in a picture of ours, if any.
  const shapeUnder = (element, box) => {
    const shapes = [...element.ownerSVGElement.querySelectorAll("rect,circle,path,polygon,ellipse")];
    let found = null;
    for (const shape of shapes) {
      if (shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) continue;
      const style = getComputedStyle(shape);
      const b = shape.getBoundingClientRect();
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      const inside = x >= b.left && x <= b.right && y >= b.top && y <= b.bottom;
      if (inside && shape.tagName === "rect" && style.fill !== "none") found = style;
    }
    return found;
  };
  const problems = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element || element.closest("script,style,noscript,template,title,desc")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    const style = getComputedStyle(element);
    const svg = element.ownerSVGElement !== undefined && element.ownerSVGElement !== null;
    let background = backgroundOf(svg ? element.ownerSVGElement : element);
    if (!background) continue;
    if (svg) {
      const under = shapeUnder(element, box);
      if (under) {
        const fill = parse(under.fill);
        fill[3] *= Number(under.fillOpacity) * Number(under.opacity);
        background = over(fill, background);
      }
    }
    const ink = parse(svg ? style.fill : style.color);
    if (svg) ink[3] *= Number(style.fillOpacity);
    for (let e = element; e; e = e.parentElement) ink[3] *= Number(getComputedStyle(e).opacity);
    const color = over(ink, background);
    const [high, low] = [luminance(color), luminance(background)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    count++;
    if (ratio < (large ? 3 : 4.5) - 0.005) {
      problems.push(`${ratio.toFixed(2)} "${text.slice(0, 40)}" <${element.tagName.toLowerCase()} class="${
        element.getAttribute("class") ?? ""}"> on rgb(${background.slice(0, 3).map(Math.round)})`);
    }
  }
  return { count, problems: [...new Set(problems)].slice(0, 12) };
}

function findWide() {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > limit + 1);
  return [`${document.documentElement.scrollWidth} px instead of ${limit}`].concat(
    wide.slice(0, 6).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}">`));
}

function findStructure() {
  const problems = [];
  if (!document.documentElement.lang) problems.push("<html> has no lang");
  if (!document.title) problems.push("the page has no title");
  if (!document.querySelector('meta[name="viewport"]')) problems.push("no viewport meta");
  if (!document.querySelector("main")) problems.push("no <main>");
  const headings = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => Number(h.tagName[1]));
  if (headings.filter((h) => h === 1).length !== 1) problems.push("there must be one h1");
  headings.forEach((h, i) => {
    if (i > 0 && h > headings[i - 1] + 1) problems.push(`h${headings[i - 1]} is followed by h${h}`);
  });
  const nameless = [...document.querySelectorAll("img:not([alt])")].length;
  if (nameless) problems.push(`${nameless} pictures without alt`);
  const plots = [...document.querySelectorAll("svg")].filter(
    (s) => s.getAttribute("aria-hidden") !== "true" && !s.closest('[aria-hidden="true"]') && !(
      s.getAttribute("role") === "img" && (s.getAttribute("aria-label") || s.querySelector("title"))));
  if (plots.length) problems.push(`${plots.length} drawings without role="img" and a name, and not aria-hidden`);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) problems.push(`ids used twice: ${[...new Set(twice)].slice(0, 5)}`);
  const headless = [...document.querySelectorAll("table")].filter((t) => !t.querySelector("th")).length;
  if (headless) problems.push(`${headless} tables without header cells`);
  const dead = [...document.querySelectorAll('a[href^="#"]')].filter(
    (a) => a.hash.length > 1 && !document.getElementById(decodeURIComponent(a.hash.slice(1))));
  if (dead.length) problems.push(`${dead.length} links to ids that do not exist, as in ${dead[0].hash}`);
  return problems;
}

function focusable() {
  const all = document.querySelectorAll("a[href],button,summary,input,select,textarea,[tabindex]");
  return [...all].filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length;
}

function describeFocus() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  if (!e.dataset.browserTest) e.dataset.browserTest = String(Math.random());
  const style = getComputedStyle(e);
  const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return { id: e.dataset.browserTest, shown, what: `<${e.tagName.toLowerCase()}> ${e.textContent.trim().slice(0, 30)}` };
}

// ------------------------------------------------------------------------------------------------

async function checkKeyboard(page) {
  const problems = [];
  const expected = await page.evaluate(focusable);
  const steps = Math.min(expected, 150);
  const seen = new Set();
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(describeFocus);
    if (!focus) break;
    if (!focus.shown) problems.push(`focus is not shown on ${focus.what}`);
    seen.add(focus.id);
  }
  if (seen.size < steps) problems.push(`Tab reaches ${seen.size} of ${expected} controls`);
  const summary = page.locator("summary").first();
  if (await summary.count()) {
    const open = () => summary.evaluate((s) => s.parentElement.open);
    const before = await open();
    await summary.focus();
    await page.keyboard.press("Enter");
    if ((await open()) === before) problems.push("Enter does not open or close a section");
  }
  return problems.slice(0, 8);
}

async function checkPage(browser, file, width, theme, options, report) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  const errors = [], requests = [];
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  page.on("pageerror", (e) => errors.push(e.message));
  const url = pathToFileURL(file).href;
  page.on("request", (r) => {
    if (r.url() !== url && !r.url().startsWith("data:") && !r.url().startsWith("blob:")) requests.push(r.url());
  });
  await page.goto(url, { waitUntil: "load" });
  const name = `${path.relative(options.root, file)} ${width} ${theme}`;
  if (options.screenshots) {
    const shot = `${path.relative(options.root, file).replace(/[^\w.-]+/g, "_").replace(/\.html$/, "")}-${width}-${theme}.png`;
    await takePicture(page, path.join(options.screenshots, shot));
  }
  // What is folded away is text too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  const contrast = await page.evaluate(findLowContrast);
  report(`${name} width`, await page.evaluate(findWide));
  report(`${name} contrast`, contrast.count > 20 ? contrast.problems : [`only ${contrast.count} texts were seen`]);
  if (theme === "light") {
    report(`${name} structure`, await page.evaluate(findStructure));
    report(`${name} keyboard`, await checkKeyboard(page));
  }
  report(`${name} console`, errors);
  report(`${name} network`, requests);
  await context.close();
}

// For people to look at; a busy machine may fail to take one, and no check depends on it.
async function takePicture(page, file) {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      return await page.screenshot({ path: file, fullPage: true });
    } catch (error) {
      if (attempt === 3) console.log(`no picture ${path.basename(file)}: ${error.message.split("\n")[0]}`);
      await page.waitForTimeout(500);
    }
  }
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  if (options.screenshots) mkdirSync(options.screenshots, { recursive: true });
  const result = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  const report = (name, problems) => {
    if (problems.length === 0) {
      result.passed++;
      return;
    }
    result.failed++;
    result.failures.push(name);
    console.log(`FAILED ${name}`);
    for (const problem of problems) console.log(`    ${problem}`);
  };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
  });
  for (const file of options.pages) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) await checkPage(browser, file, width, theme, options, report);
    }
  }
  await browser.close();
  console.log(`${options.pages.length} pages: ${result.passed} checks passed, ${result.failed} failed`);
  if (process.env.BOTTEGA_SUITE_RESULT) writeFileSync(process.env.BOTTEGA_SUITE_RESULT, JSON.stringify(result));
  process.exit(result.failed ? 1 : 0);
}

await main();
