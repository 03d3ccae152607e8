import { prefersReducedMotion } from 'svelte/motion';

export const speeds = [0.5, 1, 2] as const;

/** How long the request travels to a step, and stays there, at speed 1; milliseconds. */
export interface Pace {
  travel: number;
  stay: number;
}

/** Walks through the steps of a trace, by itself or step by step. */
export class Player {
  #length = $state(0);
  #step = $state(0);
  #playing = $state(false);
  #speed = $state<number>(1);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #pace: Pace;

  /** The usual pace leaves time to read each step. */
  constructor(pace: Pace = { travel: 650, stay: 1050 }) {
    this.#pace = pace;
  }

  get length() {
    return this.#length;
  }
  get step() {
    return this.#step;
  }
  get playing() {
    return this.#playing;
  }
  get speed() {
    return this.#speed;
  }
  get atEnd() {
    return this.#step >= this.#length - 1;
  }
  /** How long to take for drawing the way to the next step; 0 for a reader who wants no motion. */
  get travel() {
    return prefersReducedMotion.current ? 0 : this.#pace.travel / this.#speed;
  }

  /** Takes a trace of so many steps and stands at `step`. */
  load(length: number, step = 0) {
    this.pause();
    this.#length = length;
    this.#step = this.#within(step);
  }

  /** Plays on from here, or from the start when at the end. */
  play() {
    if (this.#length < 2) return;
    if (this.atEnd) this.#step = 0;
    this.#playing = true;
    this.#wait();
  }

  /** Shows a new trace by itself: walking, or for a reader who wants no motion its `result` at once. */
  show(length: number, result: number) {
    this.load(length);
    if (this.travel > 0) this.play();
    else this.goTo(result);
  }

  pause() {
    this.#playing = false;
    clearTimeout(this.#timer);
  }

  toggle() {
    if (this.#playing) this.pause();
    else this.play();
  }

  goTo(step: number) {
    this.pause();
    this.#step = this.#within(step);
  }

  setSpeed(speed: number) {
    this.#speed = speed;
    if (this.#playing) this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#advance(), (this.#pace.travel + this.#pace.stay) / this.#speed);
  }

  #advance() {
    this.#step = this.#within(this.#step + 1);
    if (this.atEnd) this.pause();
    else this.#wait();
  }

  #within(step: number) {
    return Math.max(0, Math.min(step, this.#length - 1));
  }
}
