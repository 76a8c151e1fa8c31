import Handlebars from 'handlebars';
import { HELPERS } from './template-engine';

/** Words are printed as they are; a link and a date are also checked. */
export type Kind = 'words' | 'link' | 'date';

/** Names that the frame gives, not the data. */
const RESERVED = ['t', 'lang', 'dir', 'start'];

/** What a shape or a string asks for: the fields of its data, the words it says, the pieces it is made of. */
export class Mentions extends Handlebars.Visitor {
  readonly words = new Set<string>();
  readonly used = new Set<string>();
  /** Printed as they are, markup and all. */
  readonly unescaped = new Set<string>();
  private readonly named = new Set<string>();
  private readonly optional = new Set<string>();
  private readonly kinds = new Map<string, Kind>();
  /** What the pieces around the place were given: known there, and no fields. */
  private given: string[] = [];

  /** @param partials sources of the pieces, followed where they are used */
  constructor(private readonly partials: Readonly<Record<string, string>> = {}) {
    super();
  }

  static of(sources: readonly string[], partials?: Readonly<Record<string, string>>): Mentions {
    const mentions = new Mentions(partials);
    for (const source of sources) mentions.accept(Handlebars.parse(source));
    return mentions;
  }

  fields(): Map<string, { kind: Kind; mayBeEmpty: boolean }> {
    return new Map([...this.named].map((name) => [name, { kind: this.kinds.get(name) ?? 'words', mayBeEmpty: this.optional.has(name) }]));
  }

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    this.noteKind(statement);
    if (!statement.escaped) this.unescaped.add(String((statement.path as hbs.AST.PathExpression).original));
    super.MustacheStatement(statement);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.noteKind(expression);
    super.SubExpression(expression);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    if (block.path.original === 'if' || block.path.original === 'unless') this.optional.add(rootOf(block.params[0]));
    super.BlockStatement(block);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    // Its name is no field; what it is given may be.
    this.acceptArray(partial.params);
    if (partial.hash) this.accept(partial.hash);
    const name = (partial.name as hbs.AST.PathExpression).original;
    this.used.add(name);
    // A piece that holds itself would never end.
    if (!Object.hasOwn(this.partials, name) || this.given.includes(`> ${name}`)) return;
    const outside = this.given;
    this.given = [...outside, `> ${name}`, ...(partial.hash?.pairs ?? []).map(({ key }) => key)];
    this.accept(Handlebars.parse(this.partials[name]));
    this.given = outside;
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const name = rootOf(path);
    if (name === 't') this.words.add(String(path.parts[1]));
    else if (!path.data && !HELPERS.includes(name) && !RESERVED.includes(name) && !this.given.includes(name)) this.named.add(name);
  }

  private noteKind(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): void {
    const helper = (call.path as hbs.AST.PathExpression).original;
    if (helper === 'link' || helper === 'date') this.kinds.set(rootOf(call.params[0]), helper);
  }
}

function rootOf(expression: hbs.AST.Expression | undefined): string {
  return String((expression as hbs.AST.PathExpression | undefined)?.parts?.[0]);
}
