import type { ApolloServerPlugin } from '@apollo/server';
import { BREAK, type DocumentNode, type FieldNode, type FragmentDefinitionNode, GraphQLError, Kind, type OperationDefinitionNode, type SelectionSetNode, valueFromASTUntyped, visit } from 'graphql';
import { countOf, parseQueries } from '../contract/queries';
import type { GraphqlPolicy } from '../contract/project';
import type { Projects } from '../modules/projects';
import type { GraphqlContext } from './exchange';
import { projectIdOf } from './headers';

interface Size {
  /** Levels of fields. */
  depth: number;
  /** Fields, those of a list counted once for each row it may have. */
  fields: number;
}

/** Rows a list has unless its `queries` say otherwise. */
const ROWS = 25;
const INTROSPECTION = new Set(['__schema', '__type']);

/** Refuses documents that are too much work, or that ask for the schema where the project keeps it to itself, before any field runs. */
export function limitDocuments(projects: Projects): ApolloServerPlugin<GraphqlContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          const policy = projects.find(projectIdOf(contextValue.request) ?? '')?.graphql ?? policyOfNone(projects);
          if (operation) check(document, operation, request.variables ?? {}, policy);
        },
      };
    },
  };
}

/** Without a project every field fails, but not for nothing, and the schema is every project's to keep. */
function policyOfNone(projects: Projects): GraphqlPolicy {
  const policies = projects.all.map(({ graphql }) => graphql);
  const least = (of: (policy: GraphqlPolicy) => number) => Math.min(...policies.map(of));
  return {
    introspection: policies.every(({ introspection }) => introspection),
    maxBatch: least(({ maxBatch }) => maxBatch),
    maxDepth: least(({ maxDepth }) => maxDepth),
    maxComplexity: least(({ maxComplexity }) => maxComplexity),
  };
}

function check(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>, policy: GraphqlPolicy): void {
  const { depth, fields } = sizeOf(document, operation, variables);
  if (!policy.introspection && asksForSchema(document)) throw refusal('Introspection is switched off for this project.');
  if (depth > policy.maxDepth) throw refusal(`Max query depth should be ${policy.maxDepth} but got ${depth}.`);
  if (fields > policy.maxComplexity) throw refusal(`Max query complexity should be ${policy.maxComplexity} but got ${fields}.`);
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'general_bad_request', code: 400 } });
}

/** A fragment is measured once, however often it is spread: fragments of fragments would otherwise double the work at each level. */
export function sizeOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>): Size {
  const fragments = new Map(document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const measured = new Map<string, Size>();
  const given = { ...defaultsOf(operation), ...variables };

  const ofSet = (set: SelectionSetNode | undefined): Size => {
    const size: Size = { depth: 0, fields: 0 };
    for (const selection of set?.selections ?? []) {
      const part = selection.kind === Kind.FIELD ? ofField(selection) : selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : ofSet(selection.selectionSet);
      size.depth = Math.max(size.depth, part.depth);
      size.fields += part.fields;
    }
    return size;
  };
  const ofField = (field: FieldNode): Size => {
    // Tools ask for the schema at a depth that no data has.
    if (INTROSPECTION.has(field.name.value)) return { depth: 1, fields: 1 };
    const inside = ofSet(field.selectionSet);
    return { depth: inside.depth + 1, fields: 1 + inside.fields * rowsOf(field, given) };
  };
  const ofFragment = (name: string): Size => {
    let size = measured.get(name);
    if (!size) measured.set(name, (size = ofSet(fragments.get(name)?.selectionSet)));
    return size;
  };
  return ofSet(operation.selectionSet);
}

/** Rows that a list asks for; 1 for a field that is no list. */
function rowsOf(field: FieldNode, variables: Record<string, unknown>): number {
  const argument = field.arguments?.find(({ name }) => name.value === 'queries')?.value;
  if (!argument) return /List(Identities|Logs)$/.test(field.name.value) ? ROWS : 1;
  // One text stands for a list of one, in a document as in variables.
  const queries = [valueFromASTUntyped(argument, variables)].flat().map(String);
  try {
    const limits = parseQueries(queries).filter(({ method }) => method === 'limit');
    return limits.length ? Math.max(...limits.map((limit) => countOf(limit, 1))) : ROWS;
  } catch {
    // The field itself will say what is wrong with them.
    return ROWS;
  }
}

/** What variables are when a request does not name them. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [])));
}

/** Anywhere in the document: a fragment can hide it. */
function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name }) {
      if (INTROSPECTION.has(name.value)) asks = true;
      return asks ? BREAK : undefined;
    },
  });
  return asks;
}
