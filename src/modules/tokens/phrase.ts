import { randomInt } from 'node:crypto';

const QUALITIES =
  'Able Amber Ancient Autumn Azure Brave Bright Brisk Calm Candid Careful Cheerful Clever Coastal Copper Coral Cosmic Crisp Curious Daring Distant Eager Early Easy Emerald Fair Famous Fancy Fearless Fine Frosty Gentle Giant Gifted Golden Grand Happy Hidden Honest Humble Idle Ivory Jolly Keen Kind Large Lively Loyal Lucky Lunar Major Marble Mellow Mighty Modern Noble Northern Patient Pearl Plain Polite Proud Purple Quick Quiet Rapid Rare Royal Rustic Sandy Scarlet Secret Serene Silent Silver Simple Sincere Smooth Solar Southern Speedy Steady Still Sturdy Sunny Swift Tender Tidy Tranquil Upbeat Valiant Velvet Vivid Warm Western Whole Wild Winter Wise Witty Young Zesty'.split(' ');
const THINGS =
  'anchor apple arrow autumn badger bakery balloon basket beach beacon bicycle bird blossom boat bottle branch bridge brook candle canyon castle cedar cherry cliff cloud clover comet compass creek crystal dolphin drum eagle ember falcon feather fern fiddle field flame flute forest fountain fox garden glacier goose grove guitar hammer harbor hazel heron hill honey horizon island jacket jungle kettle kite ladder lagoon lake lantern leaf lemon lighthouse lily lion lizard maple marble meadow melody mirror moon moss mountain nest oak ocean olive orchard otter owl panda pebble pelican piano pine planet pond prairie puffin quill rabbit rainbow raven ribbon river robin rocket saddle sail salmon sparrow spring star stone stream summit sunrise swan table thistle thunder tiger tower trail train tulip turtle valley violin walnut waterfall whale willow window'.split(' ');

/** Two words that the answer and the mail both show: who sees others than he was told is looking at somebody else's mail. */
export function securityPhrase(): string {
  return `${QUALITIES[randomInt(QUALITIES.length)]} ${THINGS[randomInt(THINGS.length)]}`;
}
