import { Field, type FieldOptions, type ReturnTypeFunc } from '@nestjs/graphql';

export interface Attribute {
  key: string;
  type: ReturnTypeFunc;
  nullable: boolean;
  description?: string;
}

const ATTRIBUTES = Symbol('attributes');

/** One field of a response model, for REST and GraphQL at once: `$id` over REST is `_id` over GraphQL. */
export function Shown(type: ReturnTypeFunc = () => String, options: Pick<FieldOptions, 'nullable' | 'description'> = {}): PropertyDecorator {
  return (target, key) => {
    const owner = target as { [ATTRIBUTES]?: Attribute[] };
    if (!Object.hasOwn(owner, ATTRIBUTES)) owner[ATTRIBUTES] = [...(owner[ATTRIBUTES] ?? [])];
    owner[ATTRIBUTES]!.push({ key: String(key), type, nullable: options.nullable === true, description: options.description });
    Field(type, { ...options, name: String(key).replace(/^\$/, '_') })(target, key);
  };
}

/** The declared fields of a model, in order. */
export function attributesOf(model: { prototype: object }): readonly Attribute[] {
  return (model.prototype as { [ATTRIBUTES]?: Attribute[] })[ATTRIBUTES] ?? [];
}
