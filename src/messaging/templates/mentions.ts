import Handlebars from 'handlebars';
import { HELPERS } from './template-engine';

/** Words are printed as they are; a link and a date are also checked. */
export type Kind = 'words' | 'link' | 'date';

/** Names that the frame gives, not the data. */
const RESERVED = ['t', 'lang', 'dir', 'start'];

/** What a shape or a string asks for: the fields of its data, and the words it says. */
export class Mentions extends Handlebars.Visitor {
  readonly words = new Set<string>();
  private readonly named = new Set<string>();
  private readonly optional = new Set<string>();
  private readonly kinds = new Map<string, Kind>();

  fields(): Map<string, { kind: Kind; mayBeEmpty: boolean }> {
    return new Map([...this.named].map((name) => [name, { kind: this.kinds.get(name) ?? 'words', mayBeEmpty: this.optional.has(name) }]));
  }

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    this.noteKind(statement);
    super.MustacheStatement(statement);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.noteKind(expression);
    super.SubExpression(expression);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    if (block.path.original === 'if') this.optional.add(rootOf(block.params[0]));
    super.BlockStatement(block);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    // Its name is no field; what it is given may be.
    this.acceptArray(partial.params);
    if (partial.hash) this.accept(partial.hash);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const name = rootOf(path);
    if (name === 't') this.words.add(String(path.parts[1]));
    else if (!path.data && !HELPERS.includes(name) && !RESERVED.includes(name)) this.named.add(name);
  }

  private noteKind(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): void {
    const helper = (call.path as hbs.AST.PathExpression).original;
    if (helper === 'link' || helper === 'date') this.kinds.set(rootOf(call.params[0]), helper);
  }
}

function rootOf(expression: hbs.AST.Expression | undefined): string {
  return String((expression as hbs.AST.PathExpression | undefined)?.parts?.[0]);
}
