// Composes with the reference composers. One JSON object a line in, one out:
//   {"subgraphs": [{"name", "url", "sdl"}], "composers": ["apollo", "guild"]}  ->  {"apollo": VERDICT, "guild": VERDICT}
//   "composers" are both if it is left out.
//   VERDICT: {"codes": [...]} or {"codes": [], "supergraph": SDL, "api": SDL}, Apollo's with "hints": [...] too.
//   A composer that falls over has the code "THROWN".
import { createInterface } from 'node:readline';
import { composeServices as apolloCompose } from '@apollo/composition';
import { composeServices as guildCompose, transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { lexicographicSortSchema, parse, printSchema, buildASTSchema } from 'graphql';

const codes = (errors) => [...new Set((errors ?? []).map((error) => error.extensions?.code ?? 'INVALID_GRAPHQL'))].sort();

function apollo(subgraphs) {
  try {
    const result = apolloCompose(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
    if (result.errors) return { codes: codes(result.errors) };
    return {
      codes: [],
      hints: [...new Set(result.hints.map((hint) => hint.definition.code))].sort(),
      supergraph: result.supergraphSdl,
      api: printSchema(lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema())),
    };
  } catch (error) {
    return { codes: ['THROWN'], message: String(error) };
  }
}

function guild(subgraphs) {
  try {
    const result = guildCompose(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
    if (result.errors) return { codes: codes(result.errors) };
    const publicSchema = transformSupergraphToPublicSchema(parse(result.supergraphSdl));
    return {
      codes: [],
      supergraph: result.supergraphSdl,
      api: printSchema(lexicographicSortSchema(buildASTSchema(publicSchema, { assumeValidSDL: true }))),
    };
  } catch (error) {
    return { codes: ['THROWN'], message: String(error) };
  }
}

const COMPOSERS = { apollo, guild };

for await (const line of createInterface({ input: process.stdin })) {
  const { subgraphs, composers = Object.keys(COMPOSERS) } = JSON.parse(line);
  const verdicts = composers.map((composer) => [composer, COMPOSERS[composer](subgraphs)]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(verdicts))}\n`);
}
