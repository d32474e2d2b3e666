// Opens the playground in a browser as a newcomer would. One JSON object a line in, one out:
//   {"url", "browser", "tabs": [name], "screenshot": path?}  ->  {"answers": {name: JSON}, "requests": [url], "problems": [text]}
// The tabs are run in the order given.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

// GraphiQL reads the operation's name from the editor a moment after the tab was opened, then stores it.
function knowsOperation(name) {
  const key = Object.keys(localStorage).find((each) => each.endsWith(':tabState'));
  const state = JSON.parse(localStorage.getItem(key) ?? 'null');
  return state?.tabs[state.activeTabIndex]?.operationName === name;
}

async function run(page, name) {
  await page.locator('.graphiql-tab-button').getByText(name, { exact: true }).click();
  await page.waitForFunction(knowsOperation, name);
  const answered = page.waitForResponse((response) => response.request().postData()?.includes(name) ?? false);
  await page.locator('.graphiql-execute-button').click();
  const answer = await (await answered).json();
  await page.locator('.result-window .CodeMirror-line').first().waitFor();
  return answer;
}

async function visit({ url, browser: executablePath, tabs, screenshot }) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const requests = [];
    const problems = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(url);
    const answers = {};
    for (const name of tabs) answers[name] = await run(page, name);
    if (screenshot) await page.screenshot({ path: screenshot });
    return { answers, requests, problems };
  } finally {
    await browser.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await visit(JSON.parse(line));
  } catch (error) {
    answer = { thrown: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
