// Answers on pages of `bottega review` in headless Chromium as a person would, by keys, buttons and at phone width,
// and saves what they hand over.
// usage: node review.mjs PAGE ANSWERS.json     answers the first three rows; prints what the page showed
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.NODE_PATH, "x.js"));
const { chromium } = require("playwright-core");
const [file, out] = process.argv.slice(2);

function check(holds, what) {
  if (holds) return;
  console.log(`FAILED ${what}`);
  process.exitCode = 1;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
const page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));
await page.goto(pathToFileURL(file).href);
const count = () => page.locator("#count").textContent();
const blind = await page.evaluate(() => REVIEW.blind);
const total = await page.evaluate(() => REVIEW.rows.length);

check((await count()) === `1 of ${total}, 0 answered`, `at the start: ${await count()}`);
await page.locator("#card").focus();
await page.keyboard.press(blind ? "1" : "k");
check((await count()) === `2 of ${total}, 1 answered`, `after a key: ${await count()}`);
await page.locator("#note").fill("typed k, t and 1 here");
check((await count()) === `2 of ${total}, 1 answered`, "keys in a text field are no answers");
await page.locator("#answers button", { hasText: "unsure" }).click();
await page.keyboard.press("b");
check((await page.locator('#answers button[aria-pressed="true"]').count()) === 1, "the answer given is shown");
await page.keyboard.press("ArrowRight");
await page.locator("#answers button").first().click();

// What was answered outlasts the page.
await page.reload();
check((await count()) === `${Math.min(4, total)} of ${total}, 3 answered`, `after a reload: ${await count()}`);

await page.locator("#download").click();
check((await page.locator("#wrong").textContent()).includes("name"), "a name is asked for");
await page.locator("#reviewer").fill("Grace Hopper");
const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
check(download.suggestedFilename().endsWith("-grace-hopper.json"), `the file is called ${download.suggestedFilename()}`);
await download.saveAs(out);
check(errors.length === 0, `errors: ${errors}`);
await browser.close();
