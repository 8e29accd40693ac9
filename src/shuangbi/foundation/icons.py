"""The signs of the site, drawn on a 16 × 16 grid: strokes only, one weight. Status signs differ in shape, not only in colour."""

ICONS: dict[str, str] = {
    # status: open ring, half, full, tick, cross, triangle
    "ring": '<circle cx="8" cy="8" r="5.5"/>',
    "half": '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
    "full": '<circle cx="8" cy="8" r="5.5" fill="currentColor"/>',
    "check": '<path d="M3 8.5l3.2 3.2L13 4.8"/>',
    "cross": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "alert": '<path d="M8 2L1.8 13.3h12.4zM8 6.4v3.2M8 11.6v.1"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.8M8 4.9v.1"/>',
    "pause": '<path d="M5.5 4v8M10.5 4v8"/>',
    # frame
    "menu": '<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "globe": '<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2.2 2 2.2 10 0 12M8 2c-2.2 2-2.2 10 0 12"/>',
    "person": '<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 14c.5-3 2.6-4.4 5.2-4.4s4.7 1.4 5.2 4.4"/>',
    "home": '<path d="M2.5 7.5L8 2.8l5.5 4.7M4 6.5V13.5h8V6.5"/>',
    "key": '<circle cx="5" cy="11" r="2.7"/><path d="M7 9l6-6M10.5 5.5l2 2"/>',
    "keyboard": '<rect x="1.5" y="4" width="13" height="8.5" rx="1"/><path d="M4 6.7h.1M6.7 6.7h.1M9.3 6.7h.1M12 6.7h.1M5 10h6"/>',
    "leave": '<path d="M9.5 2.5h-6v11h6M6.5 8h7.5M11.5 5.5L14 8l-2.5 2.5"/>',
    "down": '<path d="M4.5 6.5L8 10l3.5-3.5"/>',
    "up": '<path d="M4.5 9.5L8 6l3.5 3.5"/>',
    "sortable": '<path d="M5 6.5L8 3.5l3 3M5 9.5l3 3 3-3"/>',
    "left": '<path d="M10 4L6 8l4 4"/>',
    "right": '<path d="M6 4l4 4-4 4"/>',
    # work
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "download": '<path d="M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.8 13.5h10.4"/>',
    "upload": '<path d="M8 10.5V3M4.8 6L8 2.8 11.2 6M2.8 13.5h10.4"/>',
    "file": '<path d="M4 1.8h5.5L12.5 5v9.2H4zM9.3 2v3.2h3.2"/>',
    "image": '<rect x="2" y="3" width="12" height="10" rx="1"/><circle cx="5.5" cy="6.3" r="1"/><path d="M3 12l3.5-3.5 2 2L11 7.5l3 3"/>',
    "table": '<rect x="2" y="3" width="12" height="10" rx="1"/><path d="M2 6.5h12M2 9.8h12M6.5 3v10"/>',
    "print": '<path d="M4.5 5.5V2h7v3.5M4.5 11.5H2.5v-6h11v6h-2M4.5 9.5h7V14h-7z"/>',
    "filter": '<path d="M2 3h12L9.5 8.5V13l-3-1.5v-3z"/>',
    "link": '<path d="M7 9l2-2M6.5 5.5l1.7-1.7a2.7 2.7 0 0 1 4 4L10.5 9.5M9.5 10.5l-1.7 1.7a2.7 2.7 0 0 1-4-4L5.5 6.5"/>',
    "lock": '<rect x="3.5" y="7" width="9" height="6.5" rx="1"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.8"/>',
}
