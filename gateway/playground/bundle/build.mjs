// Rebuilds the playground's assets into ../static: one script, one stylesheet, and the licences of all that is inside.
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// GraphiQL's stylesheet carries web fonts; the system's fonts do as well and weigh nothing.
const systemFonts = {
  name: 'system-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

const result = await build({
  entryPoints: { playground: 'src/main.jsx' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: '../static',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [systemFonts],
  legalComments: 'none',
  metafile: true,
});

const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
  if (match) packages.add(match[1]);
}
const notices = [...packages].sort().map((name) => {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync('../static/LICENSES.txt', notices.join(`\n${'-'.repeat(78)}\n\n`));
