type Content = string | number | boolean | undefined | readonly XmlElement[] | { readonly [name: string]: Content };

/** An element of a list: its members under the list's name. */
type XmlElement = { readonly [name: string]: Content };

/** An XML document of nested elements; a list repeats its element. */
export const xml = (root: string, content: Content): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}`;

const element = (name: string, content: Content): string => {
  if (content === undefined) return '';
  if (isList(content)) return content.map((member) => element(name, member)).join('');
  if (typeof content !== 'object') return `<${name}>${escapeText(String(content))}</${name}>`;
  const members = Object.entries(content).map(([member, inner]) => element(member, inner));
  return `<${name}>${members.join('')}</${name}>`;
};

const isList = (content: Content): content is readonly XmlElement[] => Array.isArray(content);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Characters that XML 1.0 cannot hold, or would read as something else, are written as references.
const escapeText = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
