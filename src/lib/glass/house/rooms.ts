import type { Picture } from '../state/pictures.ts';
import type { Box } from './geometry.ts';
import type { Plan } from './plan.ts';

/** A part of the house that a picture of its own shows from near. */
export interface Door {
  picture: Picture;
  box: Box;
}

/** Which parts of this plan lead into a picture, in the order in which a request comes to them. */
export function doorsInto({ rooms }: Plan): Door[] {
  return [
    { picture: 'management', box: around([rooms['front-door'].box, rooms.who.box, rooms.may.box]) },
    { picture: 'storage', box: rooms.storage.box },
    { picture: 'hsm', box: rooms.hsm.box },
  ];
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
