/**
 * The choices of steps, each made once: a graph has millions of steps, and few different choices.
 * Values are found by identity, for equal values are the same object.
 */
import type { Value } from '../values/index.js';
import { actionOf, type GraphModel, stepChoices } from './graphModel.js';

/** What was chosen so far leads here. */
interface Place {
  choices: ReadonlyMap<string, Value> | null;
  readonly next: Map<string | Value, Place>;
}

export class ChoiceMaps {
  private readonly byAction: Place[];

  constructor(private readonly model: GraphModel) {
    this.byAction = model.actions.map(emptyPlace);
  }

  of(action: number, raw: readonly unknown[]): ReadonlyMap<string, Value> {
    const chosen = this.model.choices(raw);
    let place = this.byAction[action];
    if (place === undefined) throw new Error(`the model has no action ${action}`);
    for (const { name, value } of chosen) place = follow(follow(place, name), value);
    place.choices ??= stepChoices(actionOf(this.model, action), chosen);
    return place.choices;
  }
}

function follow(place: Place, key: string | Value): Place {
  let next = place.next.get(key);
  if (next === undefined) {
    next = emptyPlace();
    place.next.set(key, next);
  }
  return next;
}

function emptyPlace(): Place {
  return { choices: null, next: new Map() };
}
