// The page's sources → dist/: hashed files, and a service worker that knows their names.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

/** Has the engine fetched beside the scripts, and not once they run. */
function early() {
  const link = (bundle) => Object.keys(bundle).filter((file) => file.endsWith(".wasm")).map((file) => ({
    tag: "link",
    attrs: { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: true, href: `./${file}` },
    injectTo: "head",
  }));
  return { name: "early", transformIndexHtml: { order: "post", handler: (_, { bundle }) => link(bundle ?? {}) } };
}

/** Writes sw.js with the list of all files and a version that changes with any of them. */
function offline() {
  return {
    name: "offline",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).sort();
      const hash = createHash("sha256");
      for (const file of files) {
        const made = bundle[file];
        hash.update(file).update(made.type === "chunk" ? made.code : made.source);
      }
      const icon = readFileSync("public/icon.svg");
      const version = hash.update(icon).digest("hex").slice(0, 12);
      const list = JSON.stringify(["./", "icon.svg", ...files.filter((file) => file !== "index.html")]);
      const source = readFileSync("src/offline.js", "utf8").replace("__VERSION__", JSON.stringify(version)).replace("__FILES__", list);
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

export default defineConfig({
  // Any folder of any host.
  base: "./",
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  worker: { format: "es" },
  server: { fs: { allow: ["../.."] } },
  plugins: [early(), offline()],
});
