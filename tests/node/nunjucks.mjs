// Renders what comes in as JSON, [{ template, values }], with Nunjucks as promptfoo sets it up.
import { readFileSync } from 'node:fs';
import nunjucks from 'nunjucks';

const environment = nunjucks.configure({ autoescape: false, throwOnUndefined: false });
environment.addFilter('load', (text) => JSON.parse(text));

function render({ template, values }) {
  try {
    return { text: environment.renderString(template, values).toWellFormed() };
  } catch (error) {
    return { error: String(error.message) };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(render)));
