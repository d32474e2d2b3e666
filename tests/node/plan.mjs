// Plans with the reference planner. One JSON object a line in, one out:
//   {"supergraph": SDL, "operation": TEXT, "rounds": N}  ->  {"milliseconds": BEST OF PROCESSOR TIME, "plan": PLAN}
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { parse } from 'graphql';

// Both come with the gateway, in its versions.
const require = createRequire(createRequire(import.meta.url).resolve('@apollo/gateway'));
const { QueryPlanner } = require('@apollo/query-planner');
const { Supergraph, operationFromDocument } = require('@apollo/federation-internals');

function plan({ supergraph: sdl, operation: text, rounds }) {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null, validateSupergraph: false });
  const schema = supergraph.apiSchema();
  let milliseconds = Infinity;
  let plan;
  for (let round = 0; round < rounds; round += 1) {
    const planner = new QueryPlanner(supergraph, {});
    const started = process.cpuUsage();
    plan = planner.buildQueryPlan(operationFromDocument(schema, parse(text), {}));
    const { user, system } = process.cpuUsage(started);
    milliseconds = Math.min(milliseconds, (user + system) / 1000);
  }
  return { milliseconds, plan };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(plan(JSON.parse(line)))}\n`);
}
