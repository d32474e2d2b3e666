// Composes with the reference composers. One JSON object a line in, one out:
//   {"subgraphs": [{"name", "url", "sdl"}]}  ->  {"apollo": VERDICT, "guild": VERDICT}
//   VERDICT: {"codes": [...]} or {"codes": [], "supergraph": SDL, "api": SDL}
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

for await (const line of createInterface({ input: process.stdin })) {
  const { subgraphs } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ apollo: apollo(subgraphs), guild: guild(subgraphs) })}\n`);
}
