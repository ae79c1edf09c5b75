"use strict"; // conveniences alone: every page works without it
